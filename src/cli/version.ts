// Which build this is, as build.mjs puts it in: the version of package.json, and a digest of all that is shipped.
declare const GRADCHECK_VERSION: string | undefined
declare const GRADCHECK_BUILD: string | undefined

export const version = typeof GRADCHECK_VERSION === "string" ? GRADCHECK_VERSION : "0.0.0-source"

/** Undefined from source, where nothing tells whether it is what it was. */
export const build = typeof GRADCHECK_BUILD === "string" ? GRADCHECK_BUILD : undefined
