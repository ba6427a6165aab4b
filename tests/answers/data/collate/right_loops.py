"""With loops, and a mask for the padding."""

import torch


def collate(batch):
    first = batch[0]
    if torch.is_tensor(first):
        return torch.stack(tuple(batch), dim=0)
    if isinstance(first, (bool, int, float)):
        return torch.tensor(batch)
    if isinstance(first, str):
        return batch[:]
    if isinstance(first, dict):
        result = {}
        for key in first:
            result[key] = collate([sample[key] for sample in batch])
        return result
    if isinstance(first, (tuple, list)):
        result = []
        for sample in batch:
            if len(sample) != len(first):
                raise ValueError("different lengths")
        for i in range(len(first)):
            result.append(collate([sample[i] for sample in batch]))
        return result if isinstance(first, list) else tuple(result)
    raise TypeError(type(first))


def pad_collate(batch, pad):
    lengths = torch.tensor([len(sequence) for sequence in batch])
    steps = torch.arange(int(lengths.max()))
    inside = (steps < lengths[:, None]).to(batch[0].device)
    whole = batch[0].new_full((*inside.shape, *batch[0].shape[1:]), pad)
    whole[inside] = torch.cat(batch)
    return whole, lengths
