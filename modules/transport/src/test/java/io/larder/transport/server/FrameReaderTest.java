package io.larder.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final int CHUNK = 1000;

  private final PooledByteBufAllocator alloc = new PooledByteBufAllocator(true);
  private final Recorded seen = new Recorded();
  private FrameReader reader = new FrameReader(seen, alloc, CHUNK);

  @AfterEach
  void everyBufferComesBack() {
    reader.release();
    assertThat(alloc.metric().directArenas())
        .allSatisfy(arena -> assertThat(arena.numActiveAllocations()).isZero());
  }

  @Test
  void oneReadWithAWholeFrameIsHandedOverWithoutACopy() {
    ByteBuf read = reader.readBuffer().writeBytes(frame(11, 3, bytes(50)));
    long address = read.memoryAddress();

    seen.keepBodies = true;
    reader.received(read);

    assertThat(seen.bodies.getFirst().memoryAddress()).isEqualTo(address);
    assertThat(seen.log).containsExactly("whole 11/3 50");
    seen.releaseBodies();
  }

  @Test
  void everySplitOfTwoFramesGivesTheSameTwoFrames() {
    byte[] both = concat(frame(11, 0, bytes(37)), frame(12, 1, bytes(0)));
    for (int cut = 1; cut < both.length; cut++) {
      seen.clear();
      reader = new FrameReader(seen, alloc, CHUNK);
      feed(both, 0, cut);
      feed(both, cut, both.length);

      assertThat(seen.log).as("cut at %d", cut).containsExactly("whole 11/0 37", "whole 12/1 0");
      assertThat(seen.content).isEqualTo(bytes(37));
      reader.release();
    }
  }

  @Test
  void oneByteAtATimeGivesTheSameFrames() {
    byte[] all = concat(frame(11, 0, bytes(300)), frame(22, 2, bytes(9)));
    for (int i = 0; i < all.length; i++) {
      feed(all, i, i + 1);
    }

    assertThat(seen.log).containsExactly("whole 11/0 300", "whole 22/2 9");
  }

  @Test
  void nextFrameWaitsUntilTheOneBeforeIsAnswered() {
    seen.answerAtOnce = false;
    byte[] three =
        concat(concat(frame(1, 0, bytes(4)), frame(2, 0, bytes(5))), frame(3, 0, bytes(0)));
    feed(three, 0, three.length);

    assertThat(seen.log).containsExactly("whole 1/0 4");
    assertThat(reader.wantsRead()).isFalse();
    reader.done();
    assertThat(seen.log).hasSize(2);
    reader.done();
    assertThat(seen.log).containsExactly("whole 1/0 4", "whole 2/0 5", "whole 3/0 0");
    assertThat(reader.wantsRead()).isTrue();
  }

  @Test
  void longBodyComesInFullBuffersEachWhenAskedFor() {
    seen.answerAtOnce = false;
    byte[] body = bytes(2 * CHUNK + 7);
    byte[] frame = frame(99, 0, body);
    feed(frame, 0, frame.length);

    assertThat(seen.log).containsExactly("begin 99/0 2007 1000");
    reader.more();
    assertThat(seen.log).containsExactly("begin 99/0 2007 1000", "chunk 1000");
    reader.more();
    assertThat(seen.log).last().isEqualTo("last 7");
    assertThat(seen.content).isEqualTo(body);
    assertThat(reader.isBodyOpen()).isFalse();
  }

  @Test
  void longBodyThatNobodyAsksForStopsTheReading() {
    seen.answerAtOnce = false;
    byte[] frame = frame(99, 0, bytes(5 * CHUNK));
    feed(frame, 0, 10 + CHUNK);
    assertThat(reader.wantsRead()).isTrue();

    feed(frame, 10 + CHUNK, 10 + 2 * CHUNK);

    assertThat(seen.log).containsExactly("begin 99/0 5000 1000");
    assertThat(reader.wantsRead()).isFalse();
    assertThat(reader.isPartial()).isFalse();
  }

  @Test
  void stoppedReaderDropsTheRest() {
    seen.answerAtOnce = false;
    byte[] frame = frame(99, 0, bytes(5 * CHUNK));
    feed(frame, 0, 3000);
    reader.stop();
    feed(frame, 3000, frame.length);

    assertThat(reader.isDiscarding()).isTrue();
    assertThat(reader.discarded()).isEqualTo(frame.length - 10 - CHUNK);
    assertThat(seen.log).hasSize(1);
  }

  @Test
  void unfinishedFrameIsPartialAndAFinishedOneIsNot() {
    byte[] frame = frame(11, 0, bytes(20));
    assertThat(reader.isPartial()).isFalse();
    feed(frame, 0, 4);
    assertThat(reader.isPartial()).isTrue();
    feed(frame, 4, 15);
    assertThat(reader.isPartial()).isTrue();
    feed(frame, 15, frame.length);
    assertThat(reader.isPartial()).isFalse();
  }

  @Test
  void declaredLengthAloneTakesLittleMemory() {
    reader = new FrameReader(seen, alloc, 1 << 20);
    byte[] frame = frame(11, 0, bytes(200_000));
    feed(frame, 0, 10);

    ByteBuf next = reader.readBuffer();

    assertThat(next.capacity()).isLessThanOrEqualTo(16 * 1024);
    next.release();
  }

  @Test
  void randomSplitsOfRandomFramesGiveTheSameFrames() {
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      seen.clear();
      reader = new FrameReader(seen, alloc, CHUNK);
      byte[] all = new byte[0];
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int size = random.nextInt(CHUNK);
        all = concat(all, frame(i, 0, bytes(size)));
        expected.add("whole " + i + "/0 " + size);
      }
      for (int at = 0; at < all.length; ) {
        int to = Math.min(all.length, at + 1 + random.nextInt(700));
        feed(all, at, to);
        at = to;
      }
      assertThat(seen.log).isEqualTo(expected);
      reader.release();
    }
  }

  private void feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      ByteBuf buffer = reader.readBuffer();
      int n = Math.min(buffer.writableBytes(), to - at);
      buffer.writeBytes(bytes, at, n);
      at += n;
      reader.received(buffer);
    }
  }

  static byte[] frame(int command, int flags, byte[] body) {
    byte[] frame = new byte[10 + body.length];
    java.nio.ByteBuffer.wrap(frame)
        .putLong(body.length)
        .put((byte) command)
        .put((byte) flags)
        .put(body);
    return frame;
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + 7);
    }
    return bytes;
  }

  static byte[] concat(byte[] a, byte[] b) {
    byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private final class Recorded implements FrameReader.Sink {
    final List<String> log = new ArrayList<>();
    final List<ByteBuf> bodies = new ArrayList<>();
    boolean answerAtOnce = true;
    boolean keepBodies;
    byte[] content = new byte[0];

    @Override
    public Intake intake(int command, long bodyLength) {
      return command == 99 ? Intake.STREAM : Intake.WHOLE;
    }

    @Override
    public void refused(Intake how, long bodyLength) {
      log.add("refused " + how);
    }

    @Override
    public void whole(int command, int flags, ByteBuf body) {
      log.add("whole " + command + "/" + flags + " " + body.readableBytes());
      take(body);
      if (answerAtOnce) {
        reader.done();
      }
    }

    @Override
    public void begin(int command, int flags, long bodyLength, ByteBuf first) {
      log.add("begin " + command + "/" + flags + " " + bodyLength + " " + first.readableBytes());
      take(first);
    }

    @Override
    public void chunk(ByteBuf chunk, boolean last) {
      log.add((last ? "last " : "chunk ") + chunk.readableBytes());
      take(chunk);
    }

    private void take(ByteBuf body) {
      if (keepBodies) {
        bodies.add(body);
        return;
      }
      byte[] part = new byte[body.readableBytes()];
      body.readBytes(part);
      content = concat(content, part);
      body.release();
    }

    void releaseBodies() {
      bodies.forEach(ByteBuf::release);
    }

    void clear() {
      log.clear();
      content = new byte[0];
    }
  }
}
