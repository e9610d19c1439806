// Checks manifests that come in on standard input, as `kubectl kustomize` prints them, against the API of Kubernetes
// and KEDA: values by the validators of kubernetes-models, and by TypeScript, for which a field that an API does not
// know is an error. Kinds of Strimzi are made from the code and only counted.
import {spawnSync} from 'node:child_process';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {parseAllDocuments} from 'yaml';

const KEDA = 'keda.sh/v1alpha1';
const STRIMZI = 'kafka.strimzi.io/v1';
const name = process.argv[2];
const objects = parseAllDocuments(readFileSync(0, 'utf8')).map((document) => {
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS();
});
if (objects.length === 0) throw new Error(`${name}: no manifests`);

const checked = objects.filter((object) => object.apiVersion !== STRIMZI);
const problems = [];
const source = [];
for (const [index, object] of checked.entries()) {
  const {apiVersion, kind} = object;
  const module = `${apiVersion === KEDA ? '@kubernetes-models/keda' : 'kubernetes-models'}/${apiVersion}/${kind}`;
  try {
    const Model = (await import(module))[kind];
    new Model(object).validate();
  } catch (error) {
    problems.push(`${kind} ${object.metadata?.name}: ${error.message}`);
  }
  source.push(`import type {I${kind} as T${index}} from '${module}';`);
  source.push(`export const o${index}: T${index} = ${JSON.stringify(object, null, 1)};`);
}
const file = `manifests-${name}.ts`;
writeFileSync(file, source.join('\n'));
const tsc = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext',
    '--moduleResolution', 'nodenext', '--target', 'es2022', file],
  {encoding: 'utf8'},
);
if (tsc.status !== 0) problems.push(tsc.stdout + tsc.stderr);
else rmSync(file);
if (problems.length > 0) {
  console.error(`${name}:\n${problems.join('\n')}`);
  process.exit(1);
}
console.log(`${name}: ${checked.length} manifests fit their API, ${objects.length - checked.length} of Strimzi not checked here`);
