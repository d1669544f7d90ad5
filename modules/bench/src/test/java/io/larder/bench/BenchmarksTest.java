package io.larder.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Every JMH case is run once for a moment, in this JVM.
class BenchmarksTest {
  @Test
  void everyCaseRuns() throws RunnerException {
    System.setProperty("jmh.ignoreLock", "true"); // nothing is measured here
    Options once =
        new OptionsBuilder()
            .include("io\\.larder\\.bench\\..*")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(10))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    List<String> cases = results.stream().map(r -> r.getParams().getBenchmark()).toList();
    assertThat(cases)
        .anyMatch(name -> name.contains(".CodecBenchmark."))
        .anyMatch(name -> name.contains(".FileIdBenchmark."));
    assertThat(results)
        .allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
  }
}
