// The version of this build, put in by build.mjs from package.json.
declare const GRADCHECK_VERSION: string | undefined

export const version = typeof GRADCHECK_VERSION === "string" ? GRADCHECK_VERSION : "0.0.0-source"
