package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.larder.protocol.MalformedException;
import io.larder.protocol.vector.Vector;
import io.netty.buffer.ByteBuf;
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

/// What holds for every request, however it is cut or changed.
class RequestProperties {
  private static final int POISON = 0x5A;

  /// Each command as often as any other, however many of its frames were recorded.
  @Provide
  Arbitrary<Vector> requests() {
    return Arbitraries.of(Corpus.requestsByCommand()).flatMap(Arbitraries::of);
  }

  @Property(tries = 3000)
  void aBodyThatStopsHalfWayIsRefusedWithAField(
      @ForAll("requests") Vector vector, @ForAll @DoubleRange(min = 0, max = 1) double where) {
    int whole = Corpus.body(vector).length;
    int length = cut(whole, where);
    if (length < whole) {
      Refusals.assertCutIsRefused(vector, length);
    }
  }

  @Property(tries = 3000)
  void aBodyThatIsDeclaredShorterIsRefusedWithAFieldOrIsAnotherRequest(
      @ForAll("requests") Vector vector, @ForAll @DoubleRange(min = 0, max = 1) double where) {
    byte[] body = Corpus.body(vector);
    byte[] shorter = Arrays.copyOf(body, cut(body.length, where));

    Refusals.assertRefusedOrWrittenBack(vector, shorter);
  }

  @Property(tries = 10_000)
  void aChangedBodyIsRefusedOrWrittenBackAsItIs(
      @ForAll("requests") Vector vector,
      @ForAll @Size(min = 1, max = 4) int[] places,
      @ForAll byte value) {
    byte[] body = Corpus.body(vector);
    for (int place : places) {
      if (body.length > 0) {
        body[Math.floorMod(place, body.length)] = value;
      }
    }

    Refusals.assertRefusedOrWrittenBack(vector, body);
  }

  @Property(tries = 3000)
  void whateverStandsAroundABodyIsNotRead(
      @ForAll("requests") Vector vector,
      @ForAll @DoubleRange(min = 0, max = 1) double where,
      @ForAll byte value) {
    byte[] body = Corpus.body(vector);
    int length = cut(body.length, where);
    Header header = Corpus.header(vector, length);

    assertThat(amid(header, body, length, value)).isEqualTo(amid(header, body, length, POISON));
  }

  @Property(tries = 3000)
  void nothingIsAllocatedFromADeclaredLength(
      @ForAll("requests") Vector vector, @ForAll long declared, @ForAll int place) {
    byte[] body = Corpus.body(vector);
    for (int i = 0; i < Long.BYTES && body.length >= Long.BYTES; i++) {
      int at = Math.floorMod(place, body.length - Long.BYTES + 1) + i;
      body[at] = i < Integer.BYTES ? (byte) (declared >>> (8 * i)) : 0x7F;
    }
    Header header = Corpus.header(vector, declared);

    Refusals.outcome(header, body, body.length); // classes are loaded, not counted
    long before = allocated();
    String outcome = Refusals.outcome(header, body, body.length);
    long cost = allocated() - before;

    assertThat(cost).as(outcome).isLessThan(64 * 1024 + 64L * body.length);
  }

  @Property(tries = 3000)
  void aServerNeverWaitsForMoreThanAHead(
      @ForAll("requests") Vector vector,
      @ForAll long declared,
      @ForAll @DoubleRange(min = 0, max = 1) double where) {
    Command command = Command.find(vector.code()).orElseThrow();
    byte[] body = Corpus.body(vector);
    ByteBuf soFar = Unpooled.wrappedBuffer(body, 0, cut(body.length, where));

    int head;
    try {
      head = StorageRequest.headBytes(command, declared, soFar);
    } catch (MalformedException refusal) {
      return;
    }

    int most = command.streamed() ? 38 + RequestRules.NAME_MAX : StorageRequest.BODY_MAX;
    assertThat(head).isBetween(-1, most);
    assertThat(soFar.readerIndex()).isZero();
  }

  private static String amid(Header header, byte[] body, int length, int around) {
    ByteBuf whole = Unpooled.buffer();
    for (int i = 0; i < 300; i++) {
      whole.writeByte(around);
    }
    whole.writeBytes(body, 0, length);
    for (int i = 0; i < 300; i++) {
      whole.writeByte(around);
    }
    whole.setIndex(300, 300 + length);
    return Refusals.outcome(header, whole);
  }

  private static int cut(int length, double where) {
    return (int) Math.round(where * length);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
