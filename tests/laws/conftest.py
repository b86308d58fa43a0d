"""The laws try the same cases each time: what fails in one place fails in every place."""

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "laws",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    phases=(
        Phase.explicit,
        Phase.generate,
    ),  # add Phase.shrink to look into a failure: it takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("laws")
