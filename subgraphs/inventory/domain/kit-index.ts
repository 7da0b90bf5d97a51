const NO_KITS: ReadonlySet<number> = new Set();

/** Which kits a SKU is a component of; it follows from the registered SKUs. */
export class KitIndex {
  readonly #kitsOf = new Map<number, Set<number>>();
  readonly #componentsOf = new Map<number, readonly number[]>();

  of(component: number): ReadonlySet<number> {
    return this.#kitsOf.get(component) ?? NO_KITS;
  }

  /** Without components the SKU is no kit. */
  set(kit: number, components: readonly number[]): void {
    for (const component of this.#componentsOf.get(kit) ?? []) this.#kitsOf.get(component)?.delete(kit);
    if (components.length === 0) this.#componentsOf.delete(kit);
    else this.#componentsOf.set(kit, components);
    for (const component of components) {
      this.#kitsOf.set(component, (this.#kitsOf.get(component) ?? new Set<number>()).add(kit));
    }
  }
}
