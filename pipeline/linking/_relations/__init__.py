"""The parts of :mod:`pipeline.linking.relations`: what a sentence holds, what marks a pair, what the marks weigh."""
