// What the official manifest validators let through and the platform refuses or ignores. Pure: from a parsed manifest to sentences.

/** Limits of the platform that the published schema does not hold. */
const ManifestLimits = { memoryMB: 1024, schedules: 5, fiveMinuteSchedules: 1 };
const runtimes = ['nodejs22.x', 'nodejs24.x'];
/** `timeoutSeconds` counts only for functions that these modules run; elsewhere the platform ignores it. */
const longRunningModules = ['consumer', 'scheduledTrigger'];

/** Every module with its type, functions apart. */
function modulesOf(manifest) {
  return Object.entries(manifest.modules ?? {}).flatMap(([type, modules]) =>
    type === 'function' ? [] : (modules ?? []).map((module) => ({ type, module })),
  );
}

/** Keys of the functions that a module runs, directly or through its resolver. */
function functionsOf(module) {
  return [module.function, module.resolver?.function].filter((key) => key !== undefined);
}

function checkRuntime({ app }) {
  const problems = [];
  const { name, memoryMB } = app?.runtime ?? {};
  if (!runtimes.includes(name)) {
    problems.push(
      `app.runtime.name is "${name}": the platform deploys only ${runtimes.join(' and ')}.`,
    );
  }
  if (memoryMB > ManifestLimits.memoryMB) {
    problems.push(
      `app.runtime.memoryMB is ${memoryMB}: the platform gives at most ${ManifestLimits.memoryMB}.`,
    );
  }
  return problems;
}

function attributesOfIndex(index) {
  return typeof index === 'string' ? [index] : [...(index.partition ?? []), ...(index.range ?? [])];
}

function checkIndexes({ app }) {
  return (app?.storage?.entities ?? []).flatMap((entity) =>
    (entity.indexes ?? []).flatMap((index) =>
      attributesOfIndex(index)
        .filter((attribute) => entity.attributes?.[attribute]?.type === 'any')
        .map(
          (attribute) =>
            `Entity "${entity.name}" has an index over "${attribute}", which is of type any: its queries would be refused. Give the attribute another type.`,
        ),
    ),
  );
}

function checkSchedules({ modules }) {
  const problems = [];
  const schedules = modules?.scheduledTrigger ?? [];
  if (schedules.length > ManifestLimits.schedules) {
    problems.push(
      `There are ${schedules.length} scheduled triggers: the platform takes at most ${ManifestLimits.schedules}.`,
    );
  }
  const frequent = schedules.filter(({ interval }) => interval === 'fiveMinute');
  if (frequent.length > ManifestLimits.fiveMinuteSchedules) {
    problems.push(
      `There are ${frequent.length} scheduled triggers of five minutes: the platform takes ${ManifestLimits.fiveMinuteSchedules}.`,
    );
  }
  return problems;
}

function checkFunctions(manifest) {
  const modules = modulesOf(manifest);
  return (manifest.modules?.function ?? []).flatMap(({ key, timeoutSeconds }) => {
    const users = modules.filter(({ module }) => functionsOf(module).includes(key));
    if (users.length === 0) return [`Function "${key}" is run by no module: remove it.`];
    if (timeoutSeconds === undefined) return [];
    return users
      .filter(({ type }) => !longRunningModules.includes(type))
      .map(
        ({ type, module }) =>
          `Function "${key}" sets timeoutSeconds and is run by ${type} "${module.key}", where the platform ignores it. Give that module a function of its own.`,
      );
  });
}

/**
 * Each `handler` must name something that its file exports.
 * `exportsOf(file)` answers the exported names of `src/<file>`, or undefined when there is no such file.
 */
function checkHandlers(manifest, exportsOf) {
  return (manifest.modules?.function ?? []).flatMap(({ key, handler }) => {
    const [file, name] = String(handler).split('.');
    const names = exportsOf(file);
    if (names === undefined) return [`Function "${key}": there is no src/${file}.ts.`];
    return names.includes(name)
      ? []
      : [`Function "${key}": src/${file}.ts does not export "${name}".`];
  });
}

/** Everything that is wrong with this manifest beyond what the official validators say; empty when nothing is. */
function findProblems(manifest, exportsOf) {
  return [
    ...checkRuntime(manifest),
    ...checkIndexes(manifest),
    ...checkSchedules(manifest),
    ...checkFunctions(manifest),
    ...checkHandlers(manifest, exportsOf),
  ];
}

module.exports = { findProblems };
