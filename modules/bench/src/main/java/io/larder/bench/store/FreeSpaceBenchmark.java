package io.larder.bench.store;

import io.larder.protocol.fileid.NewName;
import io.larder.store.trunk.FreeSpace;
import io.larder.store.trunk.TrunkFile;
import io.larder.store.trunk.TrunkSpan;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Handing a slot out and taking another one back among a million free blocks of 256 bytes to 16 KiB, which lie scattered
/// over trunk files of 64 MiB. The set-up prints the memory that a block costs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class FreeSpaceBenchmark {
  private static final int BLOCKS = 1_000_000;
  private static final int FILE_BYTES = 64 << 20;
  private static final int IN_USE = 100_000;
  private static final int LEAST = 256;
  private static final int MOST = 16 << 10;

  /// `trunk_alloc_alignment_size`: 256 as shipped, 1 for sizes of any number of bytes.
  @Param({"256", "1"})
  public int alignment;

  private final SplittableRandom random = new SplittableRandom(42);
  private final TrunkSpan[] inUse = new TrunkSpan[IN_USE];
  private FreeSpace space = new FreeSpace(LEAST);

  @Setup(Level.Trial)
  public void fill() {
    TrunkSpan[] blocks = new TrunkSpan[BLOCKS];
    TrunkFile file = file(0);
    int offset = 0;
    for (int i = 0; i < BLOCKS; i++) {
      int size = size();
      if (offset > FILE_BYTES - size) {
        file = file(file.id() + 1);
        offset = 0;
      }
      blocks[i] = new TrunkSpan(file, offset, size);
      offset += size + size(); // a slot in use between two free ones
    }
    for (int i = BLOCKS - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      TrunkSpan swapped = blocks[i];
      blocks[i] = blocks[other];
      blocks[other] = swapped;
    }
    long before = usedBytes();
    space = new FreeSpace(LEAST);
    for (TrunkSpan block : blocks) {
      space.free(block);
    }
    long after = usedBytes();
    System.out.println(blocks.length + " blocks: " + (after - before) / BLOCKS + " bytes each");
    for (int i = 0; i < IN_USE; i++) {
      inUse[i] = space.allocate(size()).orElseThrow().part();
    }
  }

  private static TrunkFile file(int id) {
    return new TrunkFile(new NewName.Directory(0, id >> 8 & 0xFF, id & 0xFF), id);
  }

  private int size() {
    return (LEAST + random.nextInt(MOST - LEAST + 1)) / alignment * alignment;
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /// An upload and a delete of some older file.
  @Benchmark
  public boolean handOutAndTakeBack() {
    return exchange(space.allocate(size()).orElseThrow().part());
  }

  /// The same for a peer: its slot is held first, then confirmed.
  @Benchmark
  public boolean holdConfirmAndTakeBack() {
    TrunkSpan held = space.hold(size()).orElseThrow().part();
    space.confirm(held);
    return exchange(held);
  }

  private boolean exchange(TrunkSpan slot) {
    int file = random.nextInt(IN_USE);
    TrunkSpan deleted = inUse[file];
    inUse[file] = slot;
    return space.free(deleted);
  }
}
