// Paths as text, with forward slashes: folders, parents, joining. Nothing here asks a disk.

/** The folder that a path lies in: "" is the working folder, "/" the root. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf("/")
  return cut < 0 ? "" : cut === 0 ? "/" : path.slice(0, cut)
}

/** The folder above a folder: above the working folder there are "..", "../..", …; above the root there is none. */
export function parentOf(folder: string): string | undefined {
  if (folder === "/") return undefined
  if (folder === "" || folder === "." || /(^|\/)\.\.$/.test(folder)) return joined(folder, "..")
  return folderOf(folder)
}

/** A path below a folder. */
export const joined = (folder: string, path: string): string =>
  folder === "" || folder === "." ? path : folder.endsWith("/") ? folder + path : `${folder}/${path}`
