export interface OpenPort<Port> {
  readonly port: Port;
  /** An orderly end; what the port promised to keep is there at the next `open`. */
  close(): Promise<void>;
}

/** An adapter under test: one place where it keeps its things, opened and closed as a process would. */
export interface PortSubject<Port> {
  open(): Promise<OpenPort<Port>>;
  /** Called once at the end of each test, after everything was closed. */
  remove(): Promise<void>;
}

/** Opens a subject and sees to it that everything is closed and removed in the end. */
export class SubjectBench<Port> {
  readonly #create: () => Promise<PortSubject<Port>>;
  #subject: PortSubject<Port> | undefined;
  #open: OpenPort<Port>[] = [];

  constructor(create: () => Promise<PortSubject<Port>>) {
    this.#create = create;
  }

  async open(): Promise<Port> {
    this.#subject ??= await this.#create();
    const opened = await this.#subject.open();
    this.#open.push(opened);
    return opened.port;
  }

  /** Closes what is open and opens it again, as a restart does. */
  async restart(): Promise<Port> {
    await this.#closeAll();
    return this.open();
  }

  async end(): Promise<void> {
    await this.#closeAll();
    await this.#subject?.remove();
    this.#subject = undefined;
  }

  async #closeAll(): Promise<void> {
    for (const opened of this.#open.splice(0)) await opened.close();
  }
}
