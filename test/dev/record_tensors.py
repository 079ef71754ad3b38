"""Records what torch gives for operations on tensors: values, shapes, and gradients of the summed result. Every text
below is Python and gradcheck's language at once.

    /usr/bin/python3 test/dev/record_tensors.py > fixtures/tensors-torch.json
"""
import json
import math
import warnings

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

warnings.filterwarnings("ignore")
generator = torch.Generator().manual_seed(5)
x = [3, 4]
q = [3, 3]
t = [2, 3, 4]


def I(n, *shape):
    """Whole numbers below n."""
    return {"kind": f"int{n}", "shape": list(shape)}


CASES = [
("x[:, :1].expand_as(x) * x",dict(x=x)),("x.view_as(y) * y",dict(x=[12],y=x)),("x.reshape_as(y)",dict(x=[12],y=x)),("x.type_as(y)*2",dict(x=x,y=x)),
("x.fill_diagonal(0.)" if 0 else "(x*1).fill_diagonal_(0.5)",dict(x=q)),("torch.diagonal(x*1)",dict(x=t)),("torch.diagonal(x, offset=1, dim1=1, dim2=2)",dict(x=t)),("x.diagonal(dim1=-2, dim2=-1)",dict(x=t)),
("x.index_fill(1, i, 7.)",dict(x=x,i=I(4,2))),("torch.addmm(x, a, b, beta=0.5, alpha=2)",dict(x=x,a=[3,2],b=[2,4])),("(x*1).addmm_(1, -2, a, b)",dict(x=x,a=[3,2],b=[2,4])),("torch.addmm(x,a,b)",dict(x=x,a=[3,2],b=[2,4])),
("torch.baddbmm(x, a, b)",dict(x=t,a=[2,3,2],b=[2,2,4])),("torch.addcmul(x, a, b, value=2)",dict(x=x,a=x,b=x)),("torch.addcdiv(x, a, b, value=2)",dict(x=x,a=x,b={'kind':'unit','shape':x})),
("torch.tensordot(a, b, dims=2)",dict(a=[2,3,4],b=[3,4,5])),("torch.tensordot(a, b, dims=([1],[0]))",dict(a=[2,3,4],b=[3,5])),("torch.cross(a, b, dim=1)",dict(a=[2,3],b=[2,3])),("torch.kron(a, b)",dict(a=[2,3],b=[3,2])),
("torch.triu_indices(3, 4, 1).double()",{}),("torch.tril_indices(3, 3).double()",{}),("torch.combinations(x)",dict(x=[4])),("torch.rot90(x, 1, [0, 1])",dict(x=x)),("torch.rot90(x, 3, [0, 1])",dict(x=x)),("torch.rot90(x, 2, [1, 2])",dict(x=t)),
("x.narrow(1, 1, 2)",dict(x=x)),("x.select(1, 2)",dict(x=t)),("x.unflatten(1, (2, 2))",dict(x=x)),("torch.diff(x)",dict(x=x)),("torch.diff(x, n=2, dim=0)",dict(x=x)),("torch.trapezoid(x)",dict(x=x)),
("torch.full_like(x, 2.).mul(x)",dict(x=x)),("x.new_zeros(3, 4) + x",dict(x=x)),("x.new_full((3, 4), 2.) * x",dict(x=x)),("x.new_ones(x.size()) * x",dict(x=x)),("x.new_tensor([1., 2., 3., 4.]) * x",dict(x=x)),
("torch.zeros(size=(3, 4)) + x",dict(x=x)),("torch.finfo(torch.float32).eps + x",dict(x=x)),("torch.finfo(x.dtype).max*0 + x",dict(x=x)),("x.to(torch.device('cpu'))*2",dict(x=x)),("x.topk(2, 1, True, True)[0]",dict(x=x)),("x.sort(1, True)[0][:, :2]",dict(x=x)),
("torch.empty_like(x).fill_(3.) * x",dict(x=x)),("torch.zeros_like(x).scatter_(1, i, 1.) * x",dict(x=x,i=I(4,3,1))),("torch.zeros_like(x).scatter_(1, i, y)",dict(x=x,i=I(4,3,1),y=[3,1])),("torch.zeros_like(x).scatter_add_(1, i, y)",dict(x=x,i=I(4,3,2),y=[3,2])),("(x*1).zero_() + x",dict(x=x)),
("x.copysign(y)",dict(x=x,y=x)),("math.factorial(4) * x",dict(x=x)),("math.comb(5, 2) * x",dict(x=x)),("torch.Tensor([1., 2., 3., 4.]).double() * x",dict(x=x)),("torch.where(x > 0, x, torch.zeros(1, dtype=torch.double))",dict(x=x)),
("x.clamp(min=0.1).log()",dict(x={'kind':'unit','shape':x})),("x.sum((0, 1))",dict(x=t)),("torch.sum(x, dim=[0, 2])",dict(x=t)),("x.mean(dim=(-1, -2), keepdim=True)",dict(x=t)),("x.std(dim=1)",dict(x=x)),("torch.std(x, 1, unbiased=False)",dict(x=x)),("torch.var(x, dim=(0,1))",dict(x=x)),("torch.var_mean(x, dim=1)[1]",dict(x=x)),("torch.std_mean(x, dim=1)[0]",dict(x=x)),
("torch.meshgrid(x, y)[0]*torch.meshgrid(x, y)[1]",dict(x=[3],y=[2])),("torch.meshgrid(x, y, indexing='xy')[0]",dict(x=[3],y=[2])),("torch.repeat_interleave(x, 2, dim=0)",dict(x=x)),("x.repeat_interleave(2)",dict(x=x)),("x.repeat(2, 1, 2)",dict(x=x)),("x.roll(1, 0)",dict(x=x)),("torch.roll(x, shifts=(1, 1), dims=(0, 1))",dict(x=x)),
("torch.cdist(x, y)",dict(x=[3,2],y=[4,2])),("torch.cdist(x, y, p=1.0)",dict(x=[3,2],y=[4,2])),("torch.cdist(x, y, compute_mode='donot_use_mm_for_euclid_dist')",dict(x=[3,2],y=[4,2])),("F.pairwise_distance(x, y, 2, 1e-6, True)",dict(x=x,y=x)),("F.cosine_similarity(x, y, dim=-1)",dict(x=x,y=x)),("F.cosine_similarity(x[:, None], y[None], dim=2)",dict(x=x,y=x)),("F.normalize(x, p=1.0, dim=0)",dict(x=x)),("F.normalize(x)",dict(x=x)),
("F.one_hot(i, 4) * x",dict(x=x,i=I(4,3))),("F.one_hot(i, num_classes=4).double().t() @ x",dict(x=[3,2],i=I(4,3))),("F.kl_div(x, y, reduction='batchmean')",dict(x=x,y={'kind':'unit','shape':x})),("F.kl_div(x, y, reduction='sum', log_target=True)",dict(x=x,y=x)),("F.kl_div(x, y, None, None, 'none')",dict(x=x,y={'kind':'unit','shape':x})),
("F.multi_margin_loss(x, i)",dict(x=x,i=I(4,3))),("torch.logcumsumexp(x, dim=1)",dict(x=x)),("torch.logaddexp(x, y)",dict(x=x,y=x)),("torch.xlogy(x, y)",dict(x={'kind':'unit','shape':x},y={'kind':'unit','shape':x})),("torch.special.entr(x)",dict(x={'kind':'unit','shape':x})),("torch.special.xlog1py(x,y)",dict(x=x,y={'kind':'unit','shape':x})),("torch.special.expit(x)",dict(x=x)),("torch.special.ndtr(x)",dict(x=x)),("torch.special.log_softmax(x, dim=1)",dict(x=x)),("torch.erfinv(x*0.4)",dict(x=x)),("torch.lgamma(x)",dict(x={'kind':'unit','shape':x})),("torch.digamma(x)",dict(x={'kind':'unit','shape':x})),("torch.polygamma(1, x)",dict(x={'kind':'unit','shape':x})),("torch.mvlgamma(x + 3, 2)",dict(x={'kind':'unit','shape':x})),
("torch.norm(x, p='fro')",dict(x=x)),("torch.norm(x, 2, 1)",dict(x=x)),("torch.norm(x, dim=1, p=1)",dict(x=x)),("x.norm(dim=-1, keepdim=True)",dict(x=x)),("x.norm(p=float('inf'), dim=1)",dict(x=x)),("torch.linalg.norm(x, dim=1)",dict(x=x)),("torch.linalg.norm(x, ord=2, dim=1)",dict(x=x)),("torch.linalg.vector_norm(x, ord=3)",dict(x=x)),("torch.linalg.matrix_norm(x)",dict(x=x)),("torch.linalg.norm(x, ord='fro', dim=(-2,-1))",dict(x=t)),
("torch.einsum('bij,bjk->bik', a, b)",dict(a=[2,3,4],b=[2,4,2])),("torch.einsum('...ij,...jk->...ik', a, b)",dict(a=[2,3,4],b=[2,4,2])),("torch.einsum('...d,...d->...', a, b)",dict(a=[2,3,4],b=[2,3,4])),("torch.einsum('ii->i', x)",dict(x=q)),("torch.einsum('i,j', a, b)",dict(a=[3],b=[2])),("torch.einsum('bn,anm,bm->ba', [a, w, b])",dict(a=[2,3],w=[4,3,3],b=[2,3])),
("torch.outer(a, b)",dict(a=[3],b=[2])),("torch.ger(a, b)",dict(a=[3],b=[2])),("a @ b",dict(a=[2,3,4],b=[4])),("torch.matmul(a, b)",dict(a=[4],b=[2,4,3])),("torch.chain_matmul(a, b, a)",dict(a=[3,3],b=[3,3])),("torch.linalg.multi_dot([a, b, a])",dict(a=[3,3],b=[3,3])),
("torch.cumprod(x, dim=-1)",dict(x=x)),("torch.cummax(x, dim=1)[0]",dict(x=x)),("x.cumsum(0).flip(0)",dict(x=x)),("torch.triu(x, diagonal=1)",dict(x=q)),("torch.diag_embed(x)",dict(x=x)),("torch.diag(x, 1)",dict(x=[3])),("torch.diag(x, 1)",dict(x=q)),("torch.kthvalue(x, 2, dim=1)[0]",dict(x=x)),("x.kthvalue(2)[0]",dict(x=x)),("torch.median(x, dim=1)[0]",dict(x=x)),("x.median()",dict(x=x)),("torch.quantile(x, 0.3)",dict(x=x)),("torch.quantile(x, 0.3, dim=1, keepdim=True)",dict(x=x)),("torch.quantile(x, torch.tensor([0.25, 0.5], dtype=torch.double))",dict(x=[5])),("torch.nanmean(x)",dict(x=x)),
("F.pad(x, (1, 2), mode='reflect')",dict(x=t)),("F.pad(x, (1, 2, 1, 1), mode='replicate')",dict(x=[1,2,3,4])),("F.pad(x, (1, 2), mode='circular')",dict(x=t)),("F.pad(x, [1, 1, 2, 0], 'constant', 3.)",dict(x=x)),("F.pad(x, (-1, 1))",dict(x=x)),("F.pad(x, (1, 1, 1, 1), 'reflect')",dict(x=[1,1,3,4])),
("F.unfold(x, 2)",dict(x=[1,2,3,4])),("F.unfold(x, kernel_size=3, padding=1, stride=2)",dict(x=[2,2,5,4])),("nn.Unfold(2)(x)",dict(x=[1,2,3,4])),("F.fold(x, (3, 4), 2)",dict(x=[1,8,6])),
("F.conv1d(x, w, padding=1)",dict(x=[2,3,5],w=[4,3,3])),("F.conv2d(x, w, stride=2, padding=1)",dict(x=[1,2,5,5],w=[3,2,3,3])),("F.conv2d(x, w, groups=2, padding='same')",dict(x=[1,2,4,4],w=[2,1,3,3])),("F.conv2d(x, w, None, 1, 1, 2)",dict(x=[1,2,6,6],w=[1,2,3,3])),("F.conv3d(x, w, padding=1)",dict(x=[1,2,3,3,3],w=[2,2,3,3,3])),("F.conv3d(x, w, b, stride=2, groups=2)",dict(x=[1,2,4,4,4],w=[2,1,2,2,2],b=[2])),("F.conv_transpose2d(x, w, stride=2)",dict(x=[1,2,3,3],w=[2,1,2,2])),("F.conv_transpose1d(x, w, stride=2, padding=1)",dict(x=[1,2,3],w=[2,1,3])),
("F.avg_pool2d(x, 2)",dict(x=[1,2,4,4])),("F.avg_pool2d(x, kernel_size=3, stride=1, padding=1)",dict(x=[1,2,4,4])),("F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)",dict(x=[1,2,4,4])),("F.max_pool2d(x, 3, 1, 1)",dict(x=[1,2,4,4])),("-F.max_pool2d(-x, (3, 1), (1, 1), (1, 0))",dict(x=[1,2,4,4])),("F.max_pool3d(x, 3, 1, 1)",dict(x=[1,1,3,3,3])),("F.avg_pool3d(x, 2)",dict(x=[1,1,4,4,4])),("F.avg_pool1d(x, 2)",dict(x=[1,2,6])),("F.adaptive_avg_pool2d(x, 1)",dict(x=[1,2,4,4])),("F.adaptive_avg_pool2d(x, (2, 3))",dict(x=[1,2,4,5])),("F.adaptive_max_pool2d(x, (2, 2))",dict(x=[1,2,4,5])),("F.adaptive_avg_pool1d(x, 3)",dict(x=[1,2,7])),("nn.AdaptiveAvgPool2d((1, 1))(x)",dict(x=[1,2,4,4])),("F.max_pool2d(x, 2, ceil_mode=True)",dict(x=[1,1,5,5])),("F.lp_pool2d(x, 2, 2)",dict(x={'kind':'unit','shape':[1,1,4,4]})),
("F.interpolate(x, scale_factor=2)",dict(x=[1,2,3,3])),("F.interpolate(x, size=(5, 4), mode='bilinear', align_corners=True)",dict(x=[1,2,3,3])),("F.interpolate(x, size=(5, 4), mode='bilinear', align_corners=False)",dict(x=[1,2,3,3])),("F.interpolate(x, scale_factor=0.5, mode='bilinear', align_corners=False)",dict(x=[1,2,4,4])),("F.interpolate(x, size=7, mode='linear', align_corners=False)",dict(x=[1,2,4])),("F.interpolate(x, (3, 3), mode='area')",dict(x=[1,1,5,6])),("F.interpolate(x, size=(3,4,5), mode='trilinear', align_corners=False)",dict(x=[1,1,2,3,3])),("F.upsample(x, scale_factor=2, mode='nearest')",dict(x=[1,1,2,2])),("nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)(x)",dict(x=[1,1,3,3])),
("F.layer_norm(x, [4])",dict(x=x)),("F.linear(x, w, b)",dict(x=x,w=[2,4],b=[2])),("F.bilinear(a, b, w)",dict(a=[2,3],b=[2,3],w=[4,3,3])),("F.batch_norm(x, None, None, training=True)",dict(x=x)),("F.batch_norm(x, m, v, training=False)",dict(x=x,m=[4],v={'kind':'unit','shape':[4]})),("F.instance_norm(x)",dict(x=[2,3,5])),("F.group_norm(x, 2)",dict(x=[2,4,3])),("F.local_response_norm(x, 2)",dict(x=[1,4,3])),
("F.softplus(x, 2, 10)",dict(x=x)),("F.embedding(i, w)",dict(i=I(4,3),w=[4,2])),("x[i, torch.arange(3)]",dict(x=[4,3],i=I(4,3))),("x.gather(1, i.unsqueeze(1)).squeeze(1)",dict(x=x,i=I(4,3))),("torch.index_select(x, 1, i)",dict(x=x,i=I(4,2))),("torch.take(x, i)",dict(x=x,i=I(12,2))),("x.masked_fill(x > 0, 3.)",dict(x=x)),("x.masked_fill_(i == 1, 0.)" if 0 else "(x*1).masked_fill_(i.bool(), -1e9).softmax(1)",dict(x=x,i=I(2,3,4))),("torch.bincount(i, minlength=5).double()",dict(i=I(4,6))),("torch.histc(x, bins=5, min=-2, max=2)",dict(x=x)),("torch.clamp(x, min=y)",dict(x=x,y=x)),("torch.maximum(x, y) - torch.minimum(x, y)",dict(x=x,y=x)),("x.pow(2).sum().sqrt()",dict(x=x)),("torch.cat((x, y), 1).chunk(2, 1)[0]",dict(x=x,y=x)),("torch.stack([x, y], dim=-1)",dict(x=x,y=x)),("torch.split(x, [1, 3], dim=1)[1]",dict(x=x)),("x.unfold(1, 2, 1)",dict(x=x)),("x.tensor_split(2, dim=1)[0]" ,dict(x=x)),("torch.hstack([x, y])",dict(x=x,y=x)),("torch.vstack([x, y])",dict(x=x,y=x)),("torch.dstack([x, y])",dict(x=x,y=x)),("x.movedim(0, 1)",dict(x=t)),("x.swapaxes(0, 1)",dict(x=t)),("x.mT",dict(x=t)),("x.T",dict(x=x)),("torch.atleast_2d(x)",dict(x=[3])),("x.view(-1).dot(y.view(-1))",dict(x=x,y=x)),("x.ravel()",dict(x=x)),("torch.sgn(x)*x",dict(x=x)),("torch.lerp(x, y, 0.3)",dict(x=x,y=x)),("torch.square(x)",dict(x=x)),("torch.float_power(x, 2)",dict(x=x)),("x.logsumexp((0, 1))",dict(x=x)),("x.prod(1)",dict(x=x)),("torch.cov(x)",dict(x=x)),("torch.corrcoef(x)",dict(x=x)),("x.isnan().any().double() + x.sum()",dict(x=x)),("torch.unique(i).double().sum()",dict(i=I(1,3))),("torch.linalg.inv(x)",dict(x=q)),("torch.linalg.solve(x, y)",dict(x=q,y=[3,2])),("torch.trace(x)",dict(x=q)),("torch.nn.utils.parameters_to_vector([x, y])",dict(x=x,y=x)),("F.glu(x, 1)",dict(x=x)),("F.channel_shuffle(x, 2)" if 0 else "F.pixel_shuffle(x, 2)",dict(x=[1,4,2,2])),("F.pixel_unshuffle(x, 2)",dict(x=[1,1,4,4])),("F.threshold(x, 0.1, 20)",dict(x=x)),("F.prelu(x, w)",dict(x=x,w=[1])),("F.prelu(x, w)",dict(x=x,w=[4])),("torch.nan_to_num(x, nan=0.0, posinf=1.0, neginf=-1.0)",dict(x=x)),("torch.heaviside(x, y).double()" if 0 else "torch.relu(x)",dict(x=x)),("torch.fmod(x, 0.7)",dict(x=x)),("torch.true_divide(x, 2)",dict(x=x)),("torch.hypot(x, y)",dict(x=x,y=x)),("x.add(y, alpha=2)",dict(x=x,y=x)),("torch.sub(x, y, alpha=3)",dict(x=x,y=x)),("torch.rsub(x, y)",dict(x=x,y=x)),("x.add(1).div(2.)",dict(x=x)),("x.sub_(1)" if 0 else "(x*1).sub_(1).mul_(2).div_(3).add_(y)",dict(x=x,y=x)),("torch.cosine_similarity(x, y)",dict(x=x,y=x)),("torch.pairwise_distance(x, y)",dict(x=x,y=x)),("nn.Softmax2d()(x)",dict(x=[1,2,3,3])),("nn.Flatten()(x)",dict(x=t)),("nn.Flatten(0)(x)",dict(x=t)),("nn.ReflectionPad2d(1)(x)",dict(x=[1,1,3,3])),("nn.ZeroPad2d(1)(x)",dict(x=[1,1,3,3])),("nn.ConstantPad1d(1, 2.)(x)",dict(x=[1,2,3])),("nn.ReplicationPad2d((1,0,1,0))(x)",dict(x=[1,1,3,3])),("nn.AvgPool2d(2, stride=1)(x)",dict(x=[1,1,3,3])),("nn.MaxPool2d(2, 1)(x)",dict(x=[1,1,3,3])),("nn.Identity()(x)",dict(x=x)),("nn.LayerNorm(4)(x)",dict(x=x)),("nn.LayerNorm([3,4], elementwise_affine=False)(x)",dict(x=t)),("nn.BatchNorm1d(4)(x)",dict(x=x)),("nn.BatchNorm2d(2, affine=False)(x)",dict(x=[2,2,3,3])),("nn.InstanceNorm2d(2)(x)",dict(x=[2,2,3,3])),("nn.GroupNorm(2, 4)(x)",dict(x=[2,4,3])),("nn.PReLU()(x)",dict(x=x)),("nn.Threshold(0.1, 20)(x)",dict(x=x)),
    # Axes whose length depends on data.
("x[x > 0].sum()",dict(x=x)),("x[x > 0].mean()",dict(x=x)),("x[x > 0].std()",dict(x=x)),("x[x > 0].logsumexp(0)",dict(x=x)),("x[x > 0].max()",dict(x=x)),("x[x > 0].sort(descending=True)[0][:2].sum()",dict(x=x)),("x[x > 0].topk(2)[0]",dict(x=x)),("x[x > 0].numel() * x",dict(x=x)),("x[x > 0].shape[0] * x",dict(x=x)),("len(x[x > 0]) * x",dict(x=x)),("x[x[:, 0] > -5][0]",dict(x=x)),("x[x > 0][-1]",dict(x=x)),("x[x > 0][0] + x[x > 0][1]",dict(x=x)),("x[x > 0][1:].sum()",dict(x=x)),("x[x > 0][:-1].sum()",dict(x=x)),
("x[i > 0].pow(2).sum(1).mean()",dict(x=x,i=I(3,3))),("x[i > 0].softmax(1).log().mean()",dict(x=x,i=I(3,3))),("x[x > 0].softmax(0).pow(2).sum()",dict(x=x)),("x[x > 0].cumsum(0).sum()",dict(x=x)),("(x[i>0] @ w).sum()",dict(x=x,i=I(3,3),w=[4,2])),("(x[i>0] @ x[i>0].t()).pow(2).mean()",dict(x=x,i=I(3,3))),("(x[i>0].unsqueeze(1) - x[i==0].unsqueeze(0)).abs().mean()",dict(x=[6,2],i=I(2,6))),("torch.cat([x[x > 0], x[x < 0]]).pow(2).mean()",dict(x=x)),
("F.cross_entropy(x[i != 4], i[i != 4])",dict(x=[6,4],i=I(5,6))),("F.mse_loss(x[i > 0], y[i > 0], reduction='sum')",dict(x=x,y=x,i=I(2,3,4))),("F.binary_cross_entropy(x[i > 0], y[i > 0])",dict(x={"kind": "unit", "shape": [3, 4]},y={"kind": "unit", "shape": [3, 4]},i=I(2,3,4))),("F.smooth_l1_loss(x[i > 0], y[i > 0])",dict(x=x,y=x,i=I(2,3,4))),("F.cross_entropy(x.permute(0,2,1).reshape(-1,4)[i.view(-1) != 4], i.view(-1)[i.view(-1) != 4])",dict(x=[2,4,3],i=I(5,2,3))),
("x.masked_select(x > 0).mean()",dict(x=x)),("torch.masked_select(x, i.bool()).sum()",dict(x=x,i=I(2,3,4))),("x[torch.where(i == 1)].sum()",dict(x=x,i=I(2,3,4))),("x[i.nonzero(as_tuple=True)].mean()",dict(x=x,i=I(2,3,4))),("x[(i == 1).nonzero().squeeze(1)].pow(2).sum()",dict(x=x,i=I(2,3))),("x.index_select(0, torch.nonzero(i).view(-1)).pow(2).sum()",dict(x=x,i=I(2,3))),("(x[torch.where(i == 1)[0]] - x[torch.where(i == 1)[0]].mean(0)).pow(2).sum()",dict(x=[5,2],i=I(2,5))),
("torch.unique(i).double()[0] * x",dict(x=x,i=I(3,5))),("len(torch.unique(i)) * x",dict(x=x,i=I(3,5))),("torch.unique(i, return_counts=True)[1].double().pow(2).sum() * x",dict(x=x,i=I(3,5))),("torch.unique(i, return_inverse=True)[1].double()[:3, None] * x",dict(x=x,i=I(3,5))),
("torch.topk(x.view(-1), int((i > 0).sum()))[0].mean()",dict(x=x,i=I(2,6))),("x.view(-1).sort(descending=True)[0][:int((i > 0).sum())].mean()",dict(x=x,i=I(2,6))),("x[:, i.bool()].sum(1)",dict(x=x,i=I(2,4))),("x[i.bool()][:, 1].sum()",dict(x=x,i=I(2,3))),("x[i.bool()].view(-1).pow(2).mean()",dict(x=x,i=I(2,3))),("x[i.bool()].t().mean(1)",dict(x=x,i=I(2,3))),("F.normalize(x[i.bool()], dim=1).sum(0)",dict(x=x,i=I(2,3))),("x[i.bool()].gather(1, j[i.bool()].unsqueeze(1)).sum()",dict(x=[5,4],i=I(2,5),j=I(4,5))),("x[x > 0].var(unbiased=False)",dict(x=x)),("x[x > 0].median()",dict(x=x)),("torch.stack([x[0], x[1]])[i[:2].bool()].sum()",dict(x=x,i=I(2,4))),("x[x>0].new_zeros(1) + x",dict(x=x)),("torch.zeros_like(x[x>0]).sum() + x",dict(x=x)),("F.relu(1 - x[i == 1].unsqueeze(1) + x[i == 0].unsqueeze(0)).sum()",dict(x=[7],i=I(2,7))),("torch.exp(x[i == 1][:, None] - x[i == 0][None, :]).mean()",dict(x=[7],i=I(2,7))),("x[torch.arange(3), i]",dict(x=x,i=I(4,3))),("(x[i==1].mean() if (i==1).sum() > 0 else x.sum()*0)",dict(x=[7],i=I(2,7))),("x[i == 1].min(dim=0)[0]",dict(x=[6,3],i=I(2,6))),("x[i == 1].view(-1, 3).sum(0)",dict(x=[6,3],i=I(2,6))),("x[i == 1].reshape(len(x[i == 1]), -1).sum(0)",dict(x=[6,3],i=I(2,6))),("torch.norm(x[i == 1], dim=1).mean()",dict(x=[6,3],i=I(2,6))),("torch.cdist(x[i == 1], x[i == 0]).mean()",dict(x=[6,3],i=I(2,6))),("x[i == 1].mm(x[i == 0].t()).logsumexp(1).mean()",dict(x=[6,3],i=I(2,6))),("x[(i == 1) & (j == 1)].sum()",dict(x=[6],i=I(2,6),j=I(2,6))),("x[i == 1][j[i == 1] > 0].mean()",dict(x=[6],i=I(2,6),j=I(2,6))),("x[i == 1].abs().clamp(max=0.5).mean()",dict(x=[6],i=I(2,6))),("x[i == 1].prod()",dict(x=[6],i=I(2,6))),("(x[i == 1] * torch.ones(int((i == 1).sum()))).sum()",dict(x=[6],i=I(2,6))),("x[i == 1].flatten().dot(y[i == 1].flatten())",dict(x=[6],y=[6],i=I(2,6))),("x[torch.unique(i)].sum()",dict(x=[6],i=I(6,4))),("x.scatter(0, i, 0.)",dict(x=[6],i=I(6,3))),
]


def drawn(what):
    kind, shape = (what["kind"], what["shape"]) if isinstance(what, dict) else ("real", what)
    if kind.startswith("int"):
        return torch.randint(0, int(kind[3:]), shape, generator=generator)
    low, width = (0.05, 0.9) if kind == "unit" else (-2, 4)
    return ((torch.rand(shape, generator=generator, dtype=torch.float64) * width + low) * 1000).round() / 1000


def clean(value):
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [clean(v) for v in value]
    return {k: clean(v) for k, v in value.items()} if isinstance(value, dict) else value


rows = []
for text, shapes in CASES:
    inputs = {name: drawn(what) for name, what in shapes.items()}
    given = {n: v.clone().requires_grad_() if v.is_floating_point() else v for n, v in inputs.items()}
    try:
        result = eval(text, {"torch": torch, "F": F, "nn": nn, "math": math, "np": np}, given)
    except RuntimeError:  # torch's own layers are single precision here
        continue
    gradients = {}
    if result.requires_grad:
        wrt = [n for n in given if given[n].requires_grad]
        slopes = torch.autograd.grad(result.sum(), [given[n] for n in wrt], allow_unused=True)
        gradients = {n: s.reshape(-1).tolist() for n, s in zip(wrt, slopes) if s is not None}
    value = [float(v) for v in result.detach().reshape(-1)]
    row = {"text": text, "inputs": {n: v.tolist() for n, v in inputs.items()}, "shape": list(result.shape), "value": value, "gradients": gradients}
    rows.append(clean(row))
print('{"versions": ' + json.dumps({"torch": torch.__version__}) + ', "rows": [\n' + ",\n".join(json.dumps(r) for r in rows) + "\n]}")
