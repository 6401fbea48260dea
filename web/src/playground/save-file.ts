/** The forms in which rows are taken along, with their media types. */
const types = { csv: 'text/csv', ndjson: 'application/x-ndjson' };

export type FileFormat = keyof typeof types;

/**
 * Gives a file to whoever is at the screen, as the browser saves downloads; what no name of a file may hold becomes a dash.
 * Nothing is sent.
 */
export function saveFile(name: string, format: FileFormat, content: BlobPart[]) {
  const address = URL.createObjectURL(new Blob(content, { type: types[format] }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name.replaceAll(/[\\/:*?"<>|.\s]+/g, '-')}.${format}`;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
