// Complex tensors, written in Python over their real and imaginary parts, and the transforms that make them.
// Their gradients are those of torch: of |z| it is z/|z|, and 0 where z is 0.

const partwise =
  "sum mean cumsum reshape view squeeze unsqueeze transpose permute movedim swapaxes t flatten contiguous clone detach to cpu cuda expand repeat roll flip narrow select diagonal index_select split chunk"

export const complexText = `
class Complex:
    def __init__(self, real, imag, both=None):
        self.real, self.imag, self.both = real, imag, both
        self.shape, self.ndim, self.device, self.dtype = real.shape, real.ndim, real.device, 'complex64'
    def __add__(self, other):
        return Complex(self.real + _real(other), self.imag + _imag(other))
    def __radd__(self, other):
        return self + other
    def __sub__(self, other):
        return Complex(self.real - _real(other), self.imag - _imag(other))
    def __rsub__(self, other):
        return -self + other
    def __neg__(self):
        return Complex(-self.real, -self.imag)
    def __mul__(self, other):
        if not isinstance(other, Complex):
            return Complex(self.real * other, self.imag * other)
        return Complex(self.real * other.real - self.imag * other.imag, self.real * other.imag + self.imag * other.real)
    def __rmul__(self, other):
        return self * other
    def __truediv__(self, other):
        if not isinstance(other, Complex):
            return Complex(self.real / other, self.imag / other)
        return self * other.conj() / (other.real**2 + other.imag**2)
    def __rtruediv__(self, other):
        return self.conj() * other / (self.real**2 + self.imag**2)
    def __pow__(self, power):
        if power == 2:
            return self * self
        r, a = self.abs()**power, self.angle() * power
        return Complex(r * torch.cos(a), r * torch.sin(a))
    def __matmul__(self, other):
        a, b = _real(other), _imag(other)
        return Complex(self.real @ a - self.imag @ b, self.real @ b + self.imag @ a)
    def __getitem__(self, at):
        return Complex(self.real[at], self.imag[at])
    def __len__(self):
        return len(self.real)
    def pair(self):
        return torch.stack([self.real, self.imag], -1) if self.both is None else self.both
    def abs(self):
        return torch.linalg.vector_norm(self.pair(), dim=-1)
    def angle(self):
        return torch.atan2(self.imag, self.real)
    def conj(self):
        return Complex(self.real, -self.imag)
    def exp(self):
        r = torch.exp(self.real)
        return Complex(r * torch.cos(self.imag), r * torch.sin(self.imag))
    def log(self):
        return Complex(torch.log(self.abs()), self.angle())
    def sqrt(self):
        return self**0.5
    def square(self):
        return self * self
    def pow(self, power):
        return self**power
    def mul(self, other):
        return self * other
    def add(self, other):
        return self + other
    def sub(self, other):
        return self - other
    def div(self, other):
        return self / other
    def matmul(self, other):
        return self @ other
    def norm(self, p=2, dim=None, keepdim=False):
        return torch.norm(self.abs(), p, dim, keepdim)
    def size(self, dim=None):
        return self.shape if dim is None else self.shape[dim]
    def dim(self):
        return self.ndim
    def numel(self):
        return self.real.numel()
    def is_complex(self):
        return True
    def resolve_conj(self):
        return self
    def type(self, dtype=None):
        return self
${partwise
  .split(" ")
  .map(
    (name) => `    def ${name}(self, *args, **given):
        return _parted(self.real.${name}(*args, **given), self.imag.${name}(*args, **given))
`,
  )
  .join("")}

def _real(x):
    return x.real if isinstance(x, Complex) else x

def _imag(x):
    return x.imag if isinstance(x, Complex) else 0

def _parted(a, b):
    return [Complex(x, y) for x, y in zip(a, b)] if isinstance(a, (list, tuple)) else Complex(a, b)

def complex(real=0, imag=0):
    return Complex(torch.as_tensor(real), torch.as_tensor(imag))

def polar(abs, angle):
    return Complex(abs * torch.cos(angle), abs * torch.sin(angle))

def view_as_complex(input):
    return Complex(input[..., 0], input[..., 1])

def view_as_real(input):
    return input.pair()

def _sized(x, n, dim):
    have = x.shape[dim]
    if n is None or n == have:
        return x
    if n < have:
        return x.narrow(dim, 0, n)
    more = list(x.shape)
    more[dim] = n - have
    return torch.cat([x, torch.zeros(more)], dim)

def _scale(n, norm, back):
    if norm == 'ortho':
        return n**-0.5
    return 1 / n if back == (norm != 'forward') else 1

def _turned(x, n, dim, norm, back, half=False):
    if isinstance(x, Complex):
        pairs = torch.stack([_sized(x.real, n, dim).movedim(dim, -1), _sized(x.imag, n, dim).movedim(dim, -1)], -1)
    else:
        pairs = F.pad(_sized(x, n, dim).movedim(dim, -1).unsqueeze(-1), (0, 1))
    size = pairs.shape[-2]
    out = _dft(pairs, 1 if back else -1)
    if half:
        out = out[..., :size // 2 + 1, :]
    scale = _scale(size, norm, back)
    if scale != 1:
        out = out * scale
    re, im = out[..., 0].movedim(-1, dim), out[..., 1].movedim(-1, dim)
    return Complex(re, im, out if dim == -1 or dim == re.ndim - 1 else None)

def fft(input, n=None, dim=-1, norm=None, axis=-1):
    return _turned(input, n, dim if axis == -1 else axis, norm, False)

def ifft(input, n=None, dim=-1, norm=None, axis=-1):
    return _turned(input, n, dim if axis == -1 else axis, norm, True)

def rfft(input, n=None, dim=-1, norm=None, axis=-1):
    return _turned(input, n, dim if axis == -1 else axis, norm, False, True)

def irfft(input, n=None, dim=-1, norm=None, axis=-1):
    d = dim if axis == -1 else axis
    size = 2 * (input.shape[d] - 1) if n is None else n
    half = Complex(_sized(input.real, size // 2 + 1, d), _sized(input.imag, size // 2 + 1, d))
    rest = half.narrow(d, 1, (size + 1) // 2 - 1).flip(d).conj()
    whole = Complex(torch.cat([half.real, rest.real], d), torch.cat([half.imag, rest.imag], d))
    return _turned(whole, None, d, norm, True).real

def _axes(x, s, dim):
    if dim is not None:
        return [dim] if isinstance(dim, int) else list(dim)
    return [k - len(s) for k in range(len(s))] if s is not None else list(range(x.ndim))

def _several(one, x, s, dim, norm):
    for k, d in enumerate(_axes(x, s, dim)):
        x = one(x, None if s is None else s[k], d, norm)
    return x

def fftn(input, s=None, dim=None, norm=None, axes=None):
    return _several(fft, input, s, dim if axes is None else axes, norm)

def ifftn(input, s=None, dim=None, norm=None, axes=None):
    return _several(ifft, input, s, dim if axes is None else axes, norm)

def fft2(input, s=None, dim=(-2, -1), norm=None, axes=None):
    return fftn(input, s, dim if axes is None else axes, norm)

def ifft2(input, s=None, dim=(-2, -1), norm=None, axes=None):
    return ifftn(input, s, dim if axes is None else axes, norm)

def rfftn(input, s=None, dim=None, norm=None, axes=None):
    at = _axes(input, s, dim if axes is None else axes)
    z = rfft(input, None if s is None else s[-1], at[-1], norm)
    return fftn(z, None if s is None else s[:-1], at[:-1], norm) if len(at) > 1 else z

def rfft2(input, s=None, dim=(-2, -1), norm=None, axes=None):
    return rfftn(input, s, dim if axes is None else axes, norm)

def irfftn(input, s=None, dim=None, norm=None, axes=None):
    at = _axes(input, s, dim if axes is None else axes)
    z = ifftn(input, None if s is None else s[:-1], at[:-1], norm) if len(at) > 1 else input
    return irfft(z, None if s is None else s[-1], at[-1], norm)

def irfft2(input, s=None, dim=(-2, -1), norm=None, axes=None):
    return irfftn(input, s, dim if axes is None else axes, norm)

def _shifted(x, dim, back):
    at = list(range(x.ndim)) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    return x.roll([-(x.shape[d] // 2) if back else x.shape[d] // 2 for d in at], at)

def fftshift(input, dim=None, axes=None):
    return _shifted(input, dim if axes is None else axes, False)

def ifftshift(input, dim=None, axes=None):
    return _shifted(input, dim if axes is None else axes, True)

def fftfreq(n, d=1.0, dtype=None, device=None):
    return torch.cat([torch.arange((n + 1) // 2), torch.arange(-(n // 2), 0)]) / (n * d)

def rfftfreq(n, d=1.0, dtype=None, device=None):
    return torch.arange(n // 2 + 1) / (n * d)

def _window(window, win_length, n_fft):
    w = torch.ones(win_length) if window is None else window
    left = (n_fft - win_length) // 2
    return F.pad(w, (left, n_fft - win_length - left))

def stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None):
    if input.ndim > 2:
        raise RuntimeError('stft wants signals in rows')
    hop = n_fft // 4 if hop_length is None else hop_length
    size = n_fft if win_length is None else win_length
    x = input if input.ndim == 2 else input.unsqueeze(0)
    if center:
        x = F.pad(x.unsqueeze(1), (n_fft // 2, n_fft // 2), pad_mode).squeeze(1)
    frames = x.unfold(-1, n_fft, hop) * _window(window, size, n_fft)
    z = _turned(frames, None, -1, 'ortho' if normalized else None, False, onesided is not False).both.transpose(1, 2)
    z = z if input.ndim == 2 else z.squeeze(0)
    return Complex(z[..., 0], z[..., 1], z) if return_complex else z

def istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False):
    hop = n_fft // 4 if hop_length is None else hop_length
    size = n_fft if win_length is None else win_length
    z = input if isinstance(input, Complex) else view_as_complex(input)
    w = _window(window, size, n_fft)
    z = z if z.ndim == 3 else z.unsqueeze(0)
    frames = irfft(z.transpose(-1, -2), n_fft) * w * (n_fft**0.5 if normalized else 1)
    count = frames.shape[-2]
    total = n_fft + hop * (count - 1)
    at = (hop * torch.arange(count).unsqueeze(-1) + torch.arange(n_fft)).reshape(-1)
    flat = frames.reshape(frames.shape[0], -1)
    out = torch.zeros(frames.shape[0], total).index_add(1, at, flat)
    over = torch.zeros(total).index_add(0, at, (w * w).repeat(count))
    out = out / torch.clamp(over, min=1e-11)
    start = n_fft // 2 if center else 0
    out = out[..., start:total - start]
    out = out if length is None else out[..., :length]
    return out if input.ndim == 3 else out.squeeze(0)

def tf_fft(input, name=None):
    return fft(input)

def tf_ifft(input, name=None):
    return ifft(input)

def tf_fft2d(input, name=None):
    return fft2(input)

def tf_ifft2d(input, name=None):
    return ifft2(input)

def tf_rfft(input, fft_length=None, name=None):
    return rfft(input, None if fft_length is None else fft_length[0])

def tf_irfft(input, fft_length=None, name=None):
    return irfft(input, None if fft_length is None else fft_length[0])

def tf_rfft2d(input, fft_length=None, name=None):
    return rfft2(input, fft_length)

def tf_hann_window(window_length, periodic=True, dtype=None, name=None):
    return torch.hann_window(window_length, periodic)

def tf_hamming_window(window_length, periodic=True, dtype=None, name=None):
    return torch.hamming_window(window_length, periodic)

def tf_stft(signals, frame_length, frame_step, fft_length=None, window_fn=tf_hann_window, pad_end=False, name=None):
    size = fft_length
    if size is None:
        size = 1
        while size < frame_length:
            size = 2 * size
    x = signals
    if pad_end:
        count = -(-x.shape[-1] // frame_step)
        x = F.pad(x, (0, max(0, frame_length + frame_step * (count - 1) - x.shape[-1])))
    frames = x.unfold(-1, frame_length, frame_step)
    return rfft(frames if window_fn is None else frames * window_fn(frame_length), size)
`
