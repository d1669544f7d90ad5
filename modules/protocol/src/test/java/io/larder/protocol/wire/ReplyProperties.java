package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.larder.protocol.MalformedException;
import io.larder.protocol.vector.Vector;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/// What holds for every reply that a client reads, however it is cut or changed.
class ReplyProperties {
  @Provide
  Arbitrary<Vector> replies() {
    return Arbitraries.of(Corpus.replies());
  }

  @Property(tries = 10_000)
  void aChangedReplyIsReadOrRefusedAndCostsNoMoreThanItsBytes(
      @ForAll("replies") Vector vector,
      @ForAll @Size(min = 1, max = 4) int[] places,
      @ForAll byte value,
      @ForAll @DoubleRange(min = 0, max = 1) double where) {
    byte[] body = ByteBufUtil.getBytes(vector.reply().bytes().skipBytes(Header.SIZE));
    for (int place : places) {
      if (body.length > 0) {
        body[Math.floorMod(place, body.length)] = value;
      }
    }
    byte[] given = where < 0.5 ? Arrays.copyOf(body, (int) (where * body.length)) : body;

    outcome(vector, given); // classes are loaded, not counted
    long before = allocated();
    boolean stable = outcome(vector, given);
    long cost = allocated() - before;

    assertThat(stable).isTrue();
    assertThat(cost).isLessThan(256 * 1024 + 128L * given.length);
  }

  /// Refused, or read as something that is read the same way once it is written.
  private static boolean outcome(Vector vector, byte[] body) {
    Command command = Command.find(vector.code()).orElseThrow();
    Reply reply;
    try {
      reply = command.readReply(new BodyReader(Unpooled.wrappedBuffer(body)));
    } catch (MalformedException refusal) {
      return true;
    }
    var written = Unpooled.buffer();
    reply.write(written);
    written.skipBytes(Header.SIZE);
    return command.readReply(new BodyReader(written)).equals(reply);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
