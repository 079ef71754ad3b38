// torch's layers that hold weights, written in Python: their functions are the vocabulary's, their weights are noise.

export const layerText = `
class Linear(nn.Module):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None):
        self.in_features, self.out_features = in_features, out_features
        self.weight = torch.randn(out_features, in_features) / in_features**0.5
        self.bias = torch.randn(out_features) / in_features**0.5 if bias else None
    def forward(self, input):
        return F.linear(input, self.weight, self.bias)

class Bilinear(nn.Module):
    def __init__(self, in1_features, in2_features, out_features, bias=True, device=None, dtype=None):
        self.weight = torch.randn(out_features, in1_features, in2_features) / in1_features**0.5
        self.bias = torch.randn(out_features) / in1_features**0.5 if bias else None
    def forward(self, input1, input2):
        return F.bilinear(input1, input2, self.weight, self.bias)

class Embedding(nn.Module):
    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None):
        self.num_embeddings, self.embedding_dim, self.padding_idx = num_embeddings, embedding_dim, padding_idx
        self.weight = torch.randn(num_embeddings, embedding_dim) if _weight is None else _weight
    def forward(self, input):
        return F.embedding(input, self.weight, self.padding_idx)

class PReLU(nn.Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        self.num_parameters = num_parameters
        self.weight = torch.full([num_parameters], init)
    def forward(self, input):
        return F.prelu(input, self.weight)

class Conv(nn.Module):
    rank = 1
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None):
        size = kernel_size if isinstance(kernel_size, (list, tuple)) else [kernel_size] * self.rank
        self.in_channels, self.out_channels, self.kernel_size = in_channels, out_channels, size
        self.stride, self.padding, self.dilation, self.groups, self.padding_mode = stride, padding, dilation, groups, padding_mode
        self.weight = torch.randn([out_channels, in_channels // groups, *size])
        nn.init.kaiming_uniform_(self.weight, a=5**0.5)
        self.bias = torch.randn(out_channels) / in_channels**0.5 if bias else None
    def around(self, input):
        if self.padding_mode == 'zeros' or isinstance(self.padding, str):
            return input, self.padding
        p = self.padding if isinstance(self.padding, (list, tuple)) else [self.padding] * self.rank
        return F.pad(input, [v for w in reversed(p) for v in (w, w)], self.padding_mode), 0

class Conv1d(Conv):
    def forward(self, input):
        x, p = self.around(input)
        return F.conv1d(x, self.weight, self.bias, self.stride, p, self.dilation, self.groups)

class Conv2d(Conv):
    rank = 2
    def forward(self, input):
        x, p = self.around(input)
        return F.conv2d(x, self.weight, self.bias, self.stride, p, self.dilation, self.groups)

class Conv3d(Conv):
    rank = 3
    def forward(self, input):
        x, p = self.around(input)
        return F.conv3d(x, self.weight, self.bias, self.stride, p, self.dilation, self.groups)

class ConvTranspose(nn.Module):
    rank = 1
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None):
        size = kernel_size if isinstance(kernel_size, (list, tuple)) else [kernel_size] * self.rank
        self.stride, self.padding, self.output_padding, self.groups, self.dilation = stride, padding, output_padding, groups, dilation
        self.weight = torch.randn([in_channels, out_channels // groups, *size])
        nn.init.kaiming_uniform_(self.weight, a=5**0.5)
        self.bias = torch.randn(out_channels) / in_channels**0.5 if bias else None

class ConvTranspose1d(ConvTranspose):
    def forward(self, input):
        return F.conv_transpose1d(input, self.weight, self.bias, self.stride, self.padding, self.output_padding, self.groups, self.dilation)

class ConvTranspose2d(ConvTranspose):
    rank = 2
    def forward(self, input):
        return F.conv_transpose2d(input, self.weight, self.bias, self.stride, self.padding, self.output_padding, self.groups, self.dilation)

class ConvTranspose3d(ConvTranspose):
    rank = 3
    def forward(self, input):
        return F.conv_transpose3d(input, self.weight, self.bias, self.stride, self.padding, self.output_padding, self.groups, self.dilation)

class BatchNorm1d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None):
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.weight = torch.ones(num_features) if affine else None
        self.bias = torch.zeros(num_features) if affine else None
        self.running_mean, self.running_var = torch.zeros(num_features), torch.ones(num_features)
    def forward(self, input):
        return F.batch_norm(input, None, None, self.weight, self.bias, True, self.momentum, self.eps)

class BatchNorm2d(BatchNorm1d):
    pass

class BatchNorm3d(BatchNorm1d):
    pass

class SyncBatchNorm(BatchNorm1d):
    pass

class LayerNorm(nn.Module):
    def __init__(self, normalized_shape, eps=1e-5, elementwise_affine=True, device=None, dtype=None):
        self.normalized_shape = normalized_shape if isinstance(normalized_shape, (list, tuple)) else [normalized_shape]
        self.eps = eps
        self.weight = torch.ones(self.normalized_shape) if elementwise_affine else None
        self.bias = torch.zeros(self.normalized_shape) if elementwise_affine else None
    def forward(self, input):
        return F.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

class GroupNorm(nn.Module):
    def __init__(self, num_groups, num_channels, eps=1e-5, affine=True, device=None, dtype=None):
        self.num_groups, self.eps = num_groups, eps
        self.weight = torch.ones(num_channels) if affine else None
        self.bias = torch.zeros(num_channels) if affine else None
    def forward(self, input):
        return F.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

class Sequential(nn.Module):
    def __init__(self, *args):
        one = len(args) == 1 and isinstance(args[0], dict)
        self.layers = [args[0][name] for name in args[0]] if one else list(args)
    def forward(self, input):
        for layer in self.layers:
            input = layer(input)
        return input
    def append(self, module):
        self.layers.append(module)
        return self
    def __getitem__(self, k):
        return self.layers[k]
    def __len__(self):
        return len(self.layers)
    def __iter__(self):
        return self.layers
`
