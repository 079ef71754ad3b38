// torch's two forms of a loss as spellings: the function, and the class that is called twice.

/** Arguments of older releases, which `reduction` replaced. */
export const legacy = "size_average: ! = True, reduce: ! = True"
export const weighted = `weight: w = None, ${legacy}, reduction = 'mean'`
export const unweighted = `${legacy}, reduction = 'mean'`

/** F.name(inputs, options) and nn.Name(options)(inputs). */
export const torchLoss = (name: string, className: string, inputs: string, options: string): string =>
  `F.${name}(${inputs}, ${options}); nn.${className}(${options})(${inputs})`

/** F.name(input, options) and nn.Name(options)(input), the options of an activation. */
export const torchActivation = (name: string, className: string, options = ""): string => {
  const given = options ? `${options}, ` : ""
  return `F.${name}(input: x, ${given}inplace: _ = False); nn.${className}(${given}inplace: _ = False)(input: x)`
}
