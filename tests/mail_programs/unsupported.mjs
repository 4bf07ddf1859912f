// For each HTML file named: the features that a mail program does not know, by caniemail's data.
// usage: node unsupported.mjs NODE_MODULES FILE...   →  {"FILE": {"feature": ["client", …]}}
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, ...files] = process.argv.slice(2);
const { caniemail, rawData } = await import(pathToFileURL(`${modules}/caniemail/dist/index.js`));
const clients = [
  'gmail.desktop-webmail', 'gmail.ios', 'gmail.android', 'outlook.windows', 'outlook.macos', 'outlook.ios',
  'outlook.android', 'outlook.outlook-com', 'apple-mail.macos', 'apple-mail.ios', 'samsung-email.android',
  'thunderbird.macos',
];
// What nobody has tried in a program is unknown; the library throws instead.
for (const feature of rawData.data)
  for (const client of clients) {
    const [family, platform] = client.split('.');
    (feature.stats[family] ??= {})[platform] ??= { '2019-01': 'u' };
  }
const told = {};
for (const file of files) {
  const { issues } = caniemail({ clients, html: readFileSync(file, 'utf8') });
  told[file] = {};
  for (const [client, found] of issues.errors)
    for (const { title } of [found].flat()) (told[file][title] ??= []).push(client);
}
console.log(JSON.stringify(told));
