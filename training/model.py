"""The network: MiniLM's encoder, read at the two markers and over all tokens."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

WIDTH = 384
VECTOR = 128


class PairClassifier(nn.Module):  # type: ignore[misc]  # torch is not in this environment
    """Token ids and marker positions in; logits over the senses and a vector of the pair out.

    Word embeddings stay as they were, so that words which training did not show keep their place;
    only the markers learn theirs, in ``marks``, until ``settle`` writes them into the table.
    """

    def __init__(self, encoder: BertModel, senses: int, markers: list[int]) -> None:
        super().__init__()
        self.encoder = encoder
        self.first = min(markers)
        if markers != list(range(self.first, self.first + len(markers))):
            raise ValueError("the markers' ids must follow each other")
        self.encoder.embeddings.requires_grad_(False)
        table = encoder.embeddings.word_embeddings.weight
        self.marks: nn.Parameter | None = nn.Parameter(
            table[1000:3000].mean(0) + 0.02 * torch.randn(len(markers), WIDTH)
        )
        self.shrink = nn.Linear(3 * WIDTH, VECTOR)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(VECTOR, senses)

    def settle(self) -> None:
        """Writes the learnt markers into the table of words, before export."""
        if self.marks is not None:
            with torch.no_grad():
                table = self.encoder.embeddings.word_embeddings.weight
                table[self.first : self.first + len(self.marks)] = self.marks
            self.marks = None

    def forward(self, tokens: Tensor, actor: Tensor, recipient: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (n × senses) and vectors (n × VECTOR) of ``tokens`` (n × length, 0 is padding)."""
        mask = tokens.ne(0).long()
        words = self.encoder.embeddings.word_embeddings(tokens)
        if self.marks is not None:
            which = (tokens - self.first).clamp(0, len(self.marks) - 1)
            is_mark = (tokens >= self.first) & (tokens < self.first + len(self.marks))
            words = torch.where(is_mark.unsqueeze(-1), self.marks[which], words)
        states = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        at = [
            states.gather(1, index.view(-1, 1, 1).expand(-1, 1, WIDTH)).squeeze(1)
            for index in (actor, recipient)
        ]
        vector = torch.nn.functional.gelu(self.shrink(self.drop(torch.cat([*at, mean], dim=1))))
        return self.head(self.drop(vector)), vector


def new_model(folder: Path, senses: int, markers: list[int]) -> PairClassifier:
    """MiniLM from ``folder`` under a fresh head."""
    encoder = BertModel.from_pretrained(
        folder, attn_implementation="eager", add_pooling_layer=False
    )
    return PairClassifier(encoder, senses, markers)
