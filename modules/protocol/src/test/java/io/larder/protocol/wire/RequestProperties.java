package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.larder.protocol.MalformedException;
import io.larder.protocol.vector.Vector;
import io.larder.protocol.vector.Vector.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
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

  /// Fields that are counted before they are read, or that stand in rows under a number.
  private static final Set<String> COUNTED =
      Set.of(
          "body_length",
          "store_path_count",
          "source_count",
          "storage_count",
          "src_id",
          "storage_id",
          "meta_len");

  @Provide
  Arbitrary<Vector> requests() {
    return Arbitraries.of(Corpus.requests());
  }

  @Property(tries = 3000)
  void aBodyThatStopsHalfWayIsRefusedWithAField(
      @ForAll("requests") Vector vector, @ForAll @DoubleRange(min = 0, max = 1) double where) {
    byte[] body = Corpus.body(vector);
    int length = cut(body.length, where);
    if (length == body.length) {
      return;
    }

    String outcome = outcome(Corpus.header(vector, body.length), body, length);

    boolean waits = outcome.equals("waits");
    boolean streamed = Command.find(vector.code()).orElseThrow().streamed();
    if (streamed) {
      assertThat(waits || outcome.startsWith("read")).as(outcome).isTrue();
    } else {
      assertThat(outcome).startsWith("refused ");
      assertThat(fieldOf(outcome)).as(outcome).isIn(fieldsAt(vector, length));
    }
  }

  @Property(tries = 3000)
  void aBodyThatIsDeclaredShorterIsRefusedWithAFieldOrIsAnotherRequest(
      @ForAll("requests") Vector vector, @ForAll @DoubleRange(min = 0, max = 1) double where) {
    byte[] body = Corpus.body(vector);
    byte[] shorter = Arrays.copyOf(body, cut(body.length, where));

    assertRefusedOrWrittenBack(vector, shorter);
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

    assertRefusedOrWrittenBack(vector, body);
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

    outcome(header, body, body.length); // classes are loaded, not counted
    long before = allocated();
    String outcome = outcome(header, body, body.length);

    assertThat(allocated() - before).as(outcome).isLessThan(64 * 1024 + 64L * body.length);
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

  private static void assertRefusedOrWrittenBack(Vector vector, byte[] body) {
    Header header = Corpus.header(vector, body.length);
    Request request;
    try {
      request = Corpus.read(header, Unpooled.wrappedBuffer(body));
    } catch (MalformedException | Corpus.NotYet refusal) {
      return;
    }

    byte[] written = Corpus.written(request);
    byte[] given = Arrays.copyOf(body, (int) (body.length - request.streamedBytes()));
    assertThat(isNormalForm(written, given)).as("%s", request).isTrue();
    Header again = Corpus.header(vector, written.length + request.streamedBytes());
    assertThat(Corpus.read(again, Unpooled.wrappedBuffer(written))).isEqualTo(request);
  }

  /// Whether bytes were only zeroed, or cut off, and only behind a NUL.
  private static boolean isNormalForm(byte[] written, byte[] given) {
    boolean nulSeen = false;
    for (int i = 0; i < given.length; i++) {
      nulSeen |= given[i] == 0;
      boolean same = i < written.length && written[i] == given[i];
      boolean dropped = nulSeen && (i >= written.length || written[i] == 0);
      if (!same && !dropped) {
        return false;
      }
    }
    return written.length <= given.length;
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
    return outcome(header, whole);
  }

  private static String outcome(Header header, byte[] body, int length) {
    return outcome(header, Unpooled.wrappedBuffer(body, 0, length));
  }

  private static String outcome(Header header, ByteBuf body) {
    try {
      return "read " + Corpus.read(header, body);
    } catch (MalformedException refusal) {
      return "refused " + refusal.getMessage();
    } catch (Corpus.NotYet waits) {
      return "waits";
    }
  }

  private static String fieldOf(String refusal) {
    return refusal.substring("refused ".length(), refusal.indexOf(':'));
  }

  /// The field that a cut falls into or in front of, and those that are counted as a whole.
  private static Set<String> fieldsAt(Vector vector, int cut) {
    Set<String> fields = new HashSet<>(COUNTED);
    for (Field field : vector.request().fields()) {
      if (field.offset() + field.length() > Header.SIZE + cut) {
        String name = field.name();
        fields.add(name.substring(name.lastIndexOf('.') + 1));
      }
    }
    return fields;
  }

  private static int cut(int length, double where) {
    return (int) Math.round(where * length);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
