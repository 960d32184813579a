/** Offers text or a `data:` address to the reader as a file. */
export function downloadText(fileName: string, text: string, type: string): void {
  // Excel takes UTF-8 for the local code page unless a byte order mark says otherwise. JSON may not have one.
  const mark = type === 'text/csv' ? '\uFEFF' : '';
  const blob = new Blob([mark, text], { type: `${type};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  downloadAddress(fileName, address);
  // Some browsers read the address only after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function downloadAddress(fileName: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
}
