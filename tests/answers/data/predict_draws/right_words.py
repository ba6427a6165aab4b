"""Two lists of words."""

GLOBAL = """
begun walked walked_shuffled no_batches no_samples generator_in_sampler
generator_in_loader sampler_walked sampler_of_one split rand certain one_choice
no_deviation seed_globally linear embedding dropout
"""
GIVEN = """
begun_with_generator shuffled_with_generator generator_in_sampler
generator_in_loader sampler_with_generator weighted_walked split_with_generator
split_off_nothing permutation in_place seed_generator init_normal
"""


def draws(case):
    return case in GLOBAL.split(), case in GIVEN.split()
