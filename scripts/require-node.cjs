// Plain CommonJS, preloaded by the npm scripts, so that an old Node says this sentence instead of failing on a .ts file.
const NODE_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) !== NODE_MAJOR) {
  process.stderr.write(
    `Stockwire runs on Node ${NODE_MAJOR} and this is Node ${process.versions.node}: run "npm install" again, which brings the right one ` +
      `(npm must be allowed to run the install script of its "node" package).\n`,
  );
  process.exit(1);
}
