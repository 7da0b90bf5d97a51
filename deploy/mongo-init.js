// Run by mongosh; it may run again.
const members = ['mongo-1', 'mongo-2', 'mongo-3'].map((name, _id) => ({ _id, host: `${name}:27017` }));
const root = () =>
  connect(
    `mongodb://root:${encodeURIComponent(process.env.MONGO_ROOT_PASSWORD)}@mongo-1:27017/admin?directConnection=true`,
  );

const waitUntil = (what, condition) => {
  for (let attempt = 0; attempt < 120; attempt++) {
    try {
      if (condition()) return;
    } catch (error) {
      print(`${what}: ${error.message}`);
    }
    sleep(1000);
  }
  throw new Error(`${what}: not within two minutes`);
};

waitUntil('the replica set', () => {
  const admin = root();
  try {
    return admin.adminCommand({ replSetInitiate: { _id: 'stockwire', members } }).ok === 1;
  } catch (error) {
    if (error.codeName === 'AlreadyInitialized') return true;
    throw error;
  }
});

const set = `mongodb://root:${encodeURIComponent(process.env.MONGO_ROOT_PASSWORD)}@mongo-1,mongo-2,mongo-3/admin?replicaSet=stockwire`;
waitUntil('the user of the hub', () => {
  const database = connect(set).getSiblingDB('stockwire');
  const settings = { pwd: process.env.MONGO_HUB_PASSWORD, roles: [{ role: 'readWrite', db: 'stockwire' }] };
  if (database.getUser('hub')) database.updateUser('hub', settings);
  else database.createUser({ user: 'hub', ...settings });
  return true;
});
