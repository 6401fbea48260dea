/** Gives a file to whoever is at the screen, as the browser saves downloads. Nothing is sent. */
export function saveFile(name: string, content: BlobPart[], type: string) {
  const address = URL.createObjectURL(new Blob(content, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
