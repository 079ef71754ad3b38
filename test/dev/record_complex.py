"""Records values and gradients of losses over complex tensors, as torch computes them.

    /usr/bin/python3 test/dev/record_complex.py > fixtures/complex-torch.json
"""
import json
import warnings

import torch
import torch.nn.functional as F

warnings.filterwarnings("ignore")
torch.manual_seed(7)
torch.set_default_dtype(torch.float64)

TEXTS = [
    ([12], "return (torch.fft.rfft(p).abs() - torch.fft.rfft(y).abs()).abs().mean()"),
    ([7], "return (torch.fft.fft(p).angle() * torch.fft.fft(y).real).sum()"),
    ([3, 10], "return (torch.fft.ifft(torch.fft.fft(p) * torch.fft.fft(y)).real - y).pow(2).mean()"),
    ([3, 9], "return (torch.fft.irfft(torch.fft.rfft(p), n=p.shape[-1]) - y).pow(2).sum()"),
    ([2, 4, 6], "return (torch.fft.fft2(p, norm='ortho') - torch.fft.fft2(y, norm='ortho')).abs().pow(2).mean()"),
    ([2, 4, 6], "return torch.view_as_real(torch.fft.rfft2(p)).pow(2).mean() * y.sum()"),
    ([4, 5], "return torch.fft.fftn(p).imag.pow(2).mean() + torch.abs(torch.fft.fftn(y, dim=(0,))).sum()"),
    ([4, 5], "return (torch.fft.fftshift(torch.fft.fft2(p)).abs() * y).sum()"),
    (
        [2, 40],
        "s = torch.stft(p, 16, 4, 12, torch.hann_window(12), return_complex=True)\n"
        "t = torch.stft(y, 16, 4, 12, torch.hann_window(12), return_complex=True)\n"
        "return F.l1_loss(torch.log(s.abs() + 1e-3), torch.log(t.abs() + 1e-3))",
    ),
    (
        [2, 40],
        "s = torch.stft(p, 8, center=False, normalized=True, window=torch.hamming_window(8), return_complex=False)\n"
        "return (s[..., 0] ** 2 + s[..., 1] ** 2).mean() * y.mean()",
    ),
    (
        [2, 40],
        "w = torch.blackman_window(16)\n"
        "s = torch.stft(p, 16, 4, window=w, return_complex=True)\n"
        "return (torch.istft(s * torch.complex(y.mean(), y.sum()), 16, 4, window=w, length=40) - y).abs().mean()",
    ),
    ([6], "z = torch.complex(p, y)\nreturn (z * z.conj()).real.sum() + (z / (1 + 2j)).imag.pow(2).sum() + torch.exp(z).abs().sum()"),
    ([6], "z = torch.polar(p.abs() + 0.5, y)\nreturn (z ** 2).real.sum() + (2j * z).real.sum() + z.sqrt().imag.sum() + (1 / z).abs().sum()"),
    ([3, 3], "z = torch.view_as_complex(torch.stack([p, y], -1))\nreturn (z @ z.transpose(0, 1)).abs().mean() + z[1:].sum().abs() - z.mean(dim=0).norm()"),
    ([5], "return torch.complex(p * 0, y * 0).abs().sum() + p.sum()"),
]

records = []
for shape, body in TEXTS:
    text = "import torch\nimport torch.nn.functional as F\n\ndef loss(p, y):\n" + "".join(
        f"    {line}\n" for line in body.split("\n")
    )
    names = {}
    exec(text, names)
    inputs = {name: torch.randn(shape).mul(1000).round().div(1000).requires_grad_() for name in "py"}
    value = names["loss"](**inputs)
    value.backward()
    records.append(
        {
            "text": text,
            "at": {name: x.detach().tolist() for name, x in inputs.items()},
            "value": value.item(),
            "gradients": {name: None if x.grad is None else x.grad.tolist() for name, x in inputs.items()},
        }
    )
print(json.dumps({"torch": torch.__version__, "losses": records}))
