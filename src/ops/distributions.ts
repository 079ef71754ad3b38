// torch's distributions, written in Python over the vocabulary's functions: densities, draws, entropies, divergences.

export const distributionText = `
class Distribution:
    def sample(self, sample_shape=()):
        return self.rsample(sample_shape).detach()
    def noise(self, draw, sample_shape):
        return draw([*sample_shape, *self.like.shape])

class Normal(Distribution):
    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = loc, scale
        self.like = 0 * loc + 0 * scale + torch.zeros([])
        self.mean, self.stddev, self.variance = loc, scale, scale**2
    def rsample(self, sample_shape=()):
        return self.loc + self.scale * self.noise(torch.randn, sample_shape)
    def log_prob(self, value):
        return -((value - self.loc)**2) / (2 * self.scale**2) - torch.log(self.scale) - math.log(math.sqrt(2 * math.pi))
    def entropy(self):
        return 0.5 + 0.5 * math.log(2 * math.pi) + torch.log(self.scale)
    def cdf(self, value):
        return 0.5 * (1 + torch.erf((value - self.loc) / (self.scale * math.sqrt(2))))
    def kl_to(self, q):
        ratio = (self.scale / q.scale)**2
        return 0.5 * (ratio + ((self.loc - q.loc) / q.scale)**2 - 1 - torch.log(ratio))

class LogNormal(Distribution):
    def __init__(self, loc, scale, validate_args=None):
        self.base = Normal(loc, scale)
        self.loc, self.scale = loc, scale
    def rsample(self, sample_shape=()):
        return torch.exp(self.base.rsample(sample_shape))
    def log_prob(self, value):
        return self.base.log_prob(torch.log(value)) - torch.log(value)
    def entropy(self):
        return self.base.entropy() + self.loc

class Laplace(Distribution):
    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = loc, scale
        self.like = 0 * loc + 0 * scale + torch.zeros([])
        self.mean, self.stddev, self.variance = loc, math.sqrt(2) * scale, 2 * scale**2
    def rsample(self, sample_shape=()):
        u = 2 * self.noise(torch.rand, sample_shape) - 1
        return self.loc - self.scale * torch.sign(u) * torch.log1p(-torch.abs(u))
    def log_prob(self, value):
        return -torch.log(2 * self.scale) - torch.abs(value - self.loc) / self.scale
    def entropy(self):
        return 1 + torch.log(2 * self.scale)
    def kl_to(self, q):
        ratio = self.scale / q.scale
        gap = torch.abs(self.loc - q.loc)
        return -torch.log(ratio) + gap / q.scale + ratio * torch.exp(-gap / self.scale) - 1

class Uniform(Distribution):
    def __init__(self, low, high, validate_args=None):
        self.low, self.high = low, high
        self.like = 0 * low + 0 * high + torch.zeros([])
        self.mean = (low + high) / 2
    def rsample(self, sample_shape=()):
        return self.low + self.noise(torch.rand, sample_shape) * (self.high - self.low)
    def log_prob(self, value):
        inside = ((self.low <= value) & (self.high > value)).float()
        return torch.log(inside) - torch.log(self.high - self.low)
    def entropy(self):
        return torch.log(self.high - self.low)

class Exponential(Distribution):
    def __init__(self, rate, validate_args=None):
        self.rate, self.mean = rate, 1 / rate
        self.like = 0 * rate + torch.zeros([])
    def rsample(self, sample_shape=()):
        return -torch.log1p(-self.noise(torch.rand, sample_shape)) / self.rate
    def log_prob(self, value):
        return torch.log(self.rate) - self.rate * value
    def entropy(self):
        return 1 - torch.log(self.rate)

class Bernoulli(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        held = None if probs is None else torch.clamp(probs, 1.1920929e-07, 1 - 1.1920929e-07)
        self.logits = logits if probs is None else torch.log(held) - torch.log1p(-held)
        self.probs = torch.sigmoid(logits) if probs is None else probs
        self.mean, self.variance = self.probs, self.probs * (1 - self.probs)
    def sample(self, sample_shape=()):
        return torch.bernoulli(torch.broadcast_to(self.probs, [*sample_shape, *self.probs.shape]))
    def log_prob(self, value):
        return -F.binary_cross_entropy_with_logits(self.logits, value, reduction='none')
    def entropy(self):
        return F.binary_cross_entropy_with_logits(self.logits, self.probs, reduction='none')
    def kl_to(self, q):
        on = self.probs * (F.softplus(-q.logits) - F.softplus(-self.logits))
        return on + (1 - self.probs) * (F.softplus(q.logits) - F.softplus(self.logits))

class Categorical(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        shares = None if probs is None else probs / probs.sum(-1, keepdim=True)
        self.logits = logits - torch.logsumexp(logits, -1, keepdim=True) if probs is None else torch.log(torch.clamp(shares, 1.1920929e-07, 1 - 1.1920929e-07))
        self.probs = torch.softmax(self.logits, -1) if probs is None else shares
    def sample(self, sample_shape=()):
        return torch.argmax(self.logits - torch.log(-torch.log(torch.rand([*sample_shape, *self.logits.shape]))), -1)
    def log_prob(self, value):
        return torch.gather(self.logits, -1, value.long().unsqueeze(-1)).squeeze(-1)
    def entropy(self):
        return -(self.logits * self.probs).sum(-1)
    def kl_to(self, q):
        return (self.probs * (self.logits - q.logits)).sum(-1)

class OneHotCategorical(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        self.base = Categorical(probs, logits)
        self.probs, self.logits, self.mean = self.base.probs, self.base.logits, self.base.probs
    def sample(self, sample_shape=()):
        return F.one_hot(self.base.sample(sample_shape), self.logits.shape[-1]).float()
    def log_prob(self, value):
        return self.base.log_prob(value.argmax(-1))
    def entropy(self):
        return self.base.entropy()
    def kl_to(self, q):
        return self.base.kl_to(q.base)

class Independent(Distribution):
    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        self.base_dist, self.axes = base_distribution, [-k - 1 for k in range(reinterpreted_batch_ndims)]
        self.mean = base_distribution.mean
    def total(self, x):
        return x.sum(self.axes) if len(self.axes) > 0 else x
    def rsample(self, sample_shape=()):
        return self.base_dist.rsample(sample_shape)
    def sample(self, sample_shape=()):
        return self.base_dist.sample(sample_shape)
    def log_prob(self, value):
        return self.total(self.base_dist.log_prob(value))
    def entropy(self):
        return self.total(self.base_dist.entropy())
    def kl_to(self, q):
        return self.total(self.base_dist.kl_to(q.base_dist))

def kl_divergence(p, q):
    return p.kl_to(q)
`
