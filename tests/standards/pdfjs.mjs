// What Firefox's reader makes of the files named on the command line; a line of JSON for each: its pages, each with
// its tree of tags and, by its number of marked content, the text of every piece; the labels and the bookmarks.
// EVENTPRINT_NODE_JUDGES is the folder whose node_modules holds pdfjs-dist.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const home = join(process.env.EVENTPRINT_NODE_JUDGES, "node_modules", "pdfjs-dist");
const { getDocument } = await import(pathToFileURL(join(home, "legacy", "build", "pdf.mjs")));

async function pieces(page) {
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const found = {};
  const open = [];
  for (const item of items) {
    if (item.type === "beginMarkedContent" || item.type === "beginMarkedContentProps") open.push(item.id ?? null);
    else if (item.type === "endMarkedContent") open.pop();
    else {
      const id = open.findLast((one) => one !== null) ?? "";
      found[id] = (found[id] ?? "") + item.str + (item.hasEOL ? " " : "");
    }
  }
  return found;
}

const titles = (items) => (items ?? []).map(({ title, items }) => ({ title, items: titles(items) }));

for (const file of process.argv.slice(2)) {
  const data = new Uint8Array(await readFile(file));
  const pdf = await getDocument({ data, verbosity: 0, useSystemFonts: false, isEvalSupported: false }).promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const notes = await page.getAnnotations();
    pages.push({
      tree: await page.getStructTree(),
      pieces: await pieces(page),
      links: notes.map(({ url, dest, contentsObj, id }) => ({ id, url, dest, name: contentsObj?.str ?? "" })),
    });
  }
  const { info } = await pdf.getMetadata();
  console.log(
    JSON.stringify({
      file,
      pages,
      labels: await pdf.getPageLabels(),
      bookmarks: titles(await pdf.getOutline()),
      marked: await pdf.getMarkInfo(),
      title: info.Title ?? "",
      language: info.Language ?? "",
    }),
  );
  await pdf.loadingTask.destroy();
}
