/** Whether a name, unpacked below a folder, would lie outside of it — on any system. */
export function leavesFolder(name: string): boolean {
  const path = name.replaceAll('\\', '/');
  return (
    path.startsWith('/') ||
    /^[A-Za-z]:/.test(path) ||
    path.includes('\0') ||
    path.split('/').includes('..')
  );
}

/** Numbers of a PyTorch checkpoint: `archive/data/12`. Not read, only looked at. */
export function isTensorData(name: string): boolean {
  return /(^|\/)(data|constants|tensors)\/\d+$/.test(name);
}
