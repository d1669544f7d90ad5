package io.larder.bench.protocol;

import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.Source;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Making a name (once per upload), checking it loosely (once per request), believing it (HTTP).
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FileIdBenchmark {
  private static final String TEXT = "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";

  private final NewName.Directory directory = new NewName.Directory(0, 1, 2);
  private final Source source = Source.ofStorageId(100_001);
  private final Extension extension = new Extension("jpg");
  private final LogicalName name = LogicalName.parse(TEXT);
  private long random = 0x1234_5678_9ABCL;

  @Benchmark
  public LogicalName makeName() {
    random = random * 6_364_136_223_846_793_005L + 1;
    return new NewName(directory, source, 1_795_334_272, 0x3610_A686, extension, random)
        .plain(5120);
  }

  @Benchmark
  public LogicalName parseName() {
    return LogicalName.parse(TEXT);
  }

  @Benchmark
  public Optional<FileFacts> readFacts() {
    return FileFacts.of(name);
  }
}
