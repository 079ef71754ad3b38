// The shells for which there are completions, and how each takes them up.

export const shells = ["bash", "zsh", "fish"] as const
export type Shell = (typeof shells)[number]

/** What to run once; the shells read it whenever they start. */
export const setUp: Readonly<Record<Shell, string>> = {
  bash: "gradcheck completions bash > ~/.local/share/bash-completion/completions/gradcheck",
  zsh: `gradcheck completions zsh > "\${fpath[1]}/_gradcheck"`,
  fish: "gradcheck completions fish > ~/.config/fish/completions/gradcheck.fish",
}
