// Copies what the page uses from node_modules to vendor/ and notes where it came from; --check only compares.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const PACKAGES = [
  { name: 'idb', files: { 'build/index.js': 'idb.js', LICENSE: 'idb.LICENSE.txt' } },
  { name: 'qr', files: { 'decode.js': 'qr/decode.js', 'index.js': 'qr/index.js', 'LICENSE-MIT': 'qr/LICENSE.txt' } },
];
const checking = process.argv.includes('--check');
const here = new URL('../', import.meta.url);
const pinned = JSON.parse(readFileSync(new URL('package.json', here), 'utf8')).devDependencies;

const manifest = PACKAGES.map(({ name, files }) => {
  const from = new URL(`node_modules/${name}/`, here);
  const { version, license } = JSON.parse(readFileSync(new URL('package.json', from), 'utf8'));
  if (version !== pinned[name]) throw new Error(`${name} ${version} is installed, ${pinned[name]} is pinned.`);
  const copied = Object.entries(files).map(([source, file]) => {
    const bytes = readFileSync(new URL(source, from));
    keep(file, bytes);
    return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  return { name, version, licence: license, files: copied };
});
keep('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));

function keep(file, bytes) {
  const to = new URL(`vendor/${file}`, here);
  if (!checking) mkdirSync(new URL('.', to), { recursive: true });
  if (!checking) writeFileSync(to, bytes);
  else if (!bytes.equals(readFileSync(to))) throw new Error(`vendor/${file} differs: run npm run vendor`);
}
