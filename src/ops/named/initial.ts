// How weights are filled before training: noise of the size that each scheme gives it, and constants.
import { func } from "./composition.ts"

const filling = (call: string, says: string, body: string, names: string) => func(call, says, body, names)

export const initial = [
  func(
    "_fans(x)",
    "how many numbers go into and out of each unit of a layer",
    "[x.shape[1]*int(prod(tensor([1] + x.shape[2:]))), x.shape[0]*int(prod(tensor([1] + x.shape[2:])))]",
    "nn.init._calculate_fan_in_and_fan_out(tensor: x)",
  ),
  func(
    "_gain(nonlinearity, param=None)",
    "what each activation makes of a variance",
    "sqrt(2) if nonlinearity == 'relu' else sqrt(2/(1 + (0.01 if param is None else param)**2)) if nonlinearity == 'leaky_relu' else 5/3 if nonlinearity == 'tanh' else 3/4 if nonlinearity == 'selu' else 1",
    "nn.init.calculate_gain(nonlinearity, param = None)",
  ),
  filling(
    "init_uniform(x, a=0, b=1)",
    "uniform noise in the place of every entry",
    "a + (b - a)*rand_like(x)",
    "nn.init.uniform_(tensor: x, a = 0, b = 1); Tensor.uniform_(x, from: a = 0, to: b = 1)",
  ),
  filling(
    "init_normal(x, mean=0, std=1)",
    "normal noise in the place of every entry",
    "mean + std*randn_like(x)",
    "nn.init.{normal_,trunc_normal_}(tensor: x, mean = 0, std = 1, a: _ = -2.0, b: _ = 2.0); Tensor.normal_(x, mean = 0, std = 1)",
  ),
  filling(
    "init_constant(x, value)",
    "one number in the place of every entry",
    "full_like(x, value)",
    "nn.init.constant_(tensor: x, val: value)",
  ),
  filling("init_ones(x)", "ones in the place of every entry", "ones_like(x)", "nn.init.ones_(tensor: x)"),
  filling("init_zeros(x)", "zeros in the place of every entry", "zeros_like(x)", "nn.init.zeros_(tensor: x)"),
  filling(
    "init_eye(x)",
    "the identity in the place of a matrix",
    "eye(x.shape[0], x.shape[1])",
    "nn.init.eye_(tensor: x)",
  ),
  filling(
    "init_xavier(x, gain=1)",
    "noise that keeps the variance forwards and backwards",
    "gain*sqrt(2/(_fans(x)[0] + _fans(x)[1]))*randn_like(x)",
    "nn.init.{xavier_normal_,xavier_uniform_,xavier_normal,xavier_uniform}(tensor: x, gain = 1)",
  ),
  filling(
    "init_kaiming(x, a=0, mode='fan_in', nonlinearity='leaky_relu')",
    "noise that keeps the variance through an activation",
    "_gain(nonlinearity, a)/sqrt(_fans(x)[0] if mode == 'fan_in' else _fans(x)[1])*randn_like(x)",
    "nn.init.{kaiming_normal_,kaiming_uniform_,kaiming_normal,kaiming_uniform}(tensor: x, a = 0, mode = 'fan_in', nonlinearity = 'leaky_relu')",
  ),
  filling(
    "init_orthogonal(x, gain=1)",
    "rows of about unit length; that they stand upright on each other is not kept",
    "gain/sqrt(x.shape[-1])*randn_like(x)",
    "nn.init.orthogonal_(tensor: x, gain = 1)",
  ),
  func(
    "_same_module(x)",
    "a layer whose weights are held to a form: the layer as it is",
    "x",
    "nn.utils.{spectral_norm,weight_norm,remove_weight_norm}(module: x, name: _ = 'weight', dim: _ = 0)",
  ),
  func(
    "feature_dropout(x, p=0.5, training=True)",
    "channels set to 0 with probability p, the others scaled up",
    "where(rand(x.shape[:2] + [1 for d in x.shape[2:]]) >= p, x/(1 - p), 0) if training else x",
    "F.{dropout1d,dropout2d,dropout3d}(input: x, p = 0.5, training = True, inplace: _ = False); nn.{Dropout1d,Dropout2d,Dropout3d}(p = 0.5, inplace: _ = False)(input: x)",
  ),
]
