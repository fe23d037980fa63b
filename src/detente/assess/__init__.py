"""Judgement: questions, forecasters, backtests, scores."""
