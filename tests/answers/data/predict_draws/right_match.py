"""One pattern after the other."""


def draws(case):
    match case:
        case (
            "made"
            | "length"
            | "another_generator"
            | "sampler_made"
            | "sampler_begun"
            | "weighted_begun"
            | "rand_of_none"
            | "empty"
            | "meta"
            | "permutation_of_one"
            | "clone"
            | "new_generator"
            | "ask_for_the_seed"
            | "fork"
            | "python"
            | "numpy"
            | "linear_meta"
            | "batch_norm"
            | "relu"
            | "dropout_made"
            | "dropout_eval"
            | "dropout_of_none"
            | "dropout_of_all"
            | "init_zeros"
        ):
            return False, False
        case "generator_in_sampler" | "generator_in_loader":
            return True, True
        case (
            "begun_with_generator"
            | "shuffled_with_generator"
            | "sampler_with_generator"
            | "weighted_walked"
            | "split_with_generator"
            | "split_off_nothing"
            | "permutation"
            | "in_place"
            | "seed_generator"
            | "init_normal"
        ):
            return False, True
        case _:
            return True, False
