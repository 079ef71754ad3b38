// Attention over keys k and values v for queries q: soft, which carries a gradient, and hard, which picks one.
import { func } from "./composition.ts"

export const attention = [
  func(
    "attention(q, k, v, mask=None, causal=False, scale=None)",
    "softmax of the scaled products of queries and keys, times the values; mask holds where looking is allowed",
    `
    s = q @ swapaxes(k, -1, -2)*(1/sqrt(q.shape[-1]) if scale is None else scale)
    s = s if mask is None else where(mask, s, -inf)
    s = where(tril(ones(s.shape[-2], s.shape[-1])) == 1, s, -inf) if causal else s
    softmax(s) @ v`,
    "F.scaled_dot_product_attention(query: q, key: k, value: v, attn_mask: mask = None, dropout_p: ! = 0.0, is_causal: causal = False, scale = None, enable_gqa: ! = False)",
  ),
  func(
    "_attention_heads_inside(q, k, v, bias=None, mask=None, causal=False, scale=None)",
    "attention over tensors laid out as batch, time, heads, features",
    `
    s = swapaxes(q, -3, -2) @ swapaxes(swapaxes(k, -3, -2), -1, -2)*(1/sqrt(q.shape[-1]) if scale is None else scale)
    s = s if bias is None else s + bias
    s = s if mask is None else where(mask, s, -inf)
    s = where(tril(ones(s.shape[-2], s.shape[-1])) == 1, s, -inf) if causal else s
    swapaxes(softmax(s) @ swapaxes(v, -3, -2), -3, -2)`,
    "jax.nn.dot_product_attention(query: q, key: k, value: v, bias = None, mask = None, scale = None, is_causal: causal = False); keras.ops.dot_product_attention(query: q, key: k, value: v, bias = None, mask = None, scale = None, is_causal: causal = False, flash_attention: _ = None)",
    { internal: true },
  ),
  func(
    "hard_attention(q, k, v)",
    "the value whose key fits the query best",
    "one_hot(argmax(q @ swapaxes(k, -1, -2), axis=-1), k.shape[-2]) @ v",
    undefined,
    {
      instead: [
        {
          text: "soft attention: a mean of all values, weighted by how well the keys fit",
          write: "attention(q, k, v)",
        },
        {
          text: "straight-through: the best value forward, the gradient of soft attention back",
          write: "attention(q, k, v) + stop_gradient(hard_attention(q, k, v) - attention(q, k, v))",
        },
      ],
    },
  ),
]
