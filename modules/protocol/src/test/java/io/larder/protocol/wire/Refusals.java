package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.MalformedException;
import io.larder.protocol.vector.Vector;
import io.larder.protocol.vector.Vector.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// What must hold of a recorded request that was cut or changed.
final class Refusals {
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

  private Refusals() {}

  /// A body of which only so many bytes came is refused by the name of the field that is missing; where the file's bytes
  /// follow the head, the server waits, or reads the head.
  static void assertCutIsRefused(Vector vector, int length) {
    byte[] body = Corpus.body(vector);

    String outcome = outcome(Corpus.header(vector, body.length), body, length);

    if (Command.find(vector.code()).orElseThrow().streamed()) {
      assertThat(outcome.equals("waits") || outcome.startsWith("read")).as(outcome).isTrue();
    } else {
      assertThat(outcome).startsWith("refused ");
      assertThat(fieldOf(outcome)).as(outcome).isIn(fieldsAt(vector, length));
    }
  }

  /// A body is refused, or is another request that is written back as it is.
  static void assertRefusedOrWrittenBack(Vector vector, byte[] body) {
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

  static String outcome(Header header, byte[] body, int length) {
    return outcome(header, Unpooled.wrappedBuffer(body, 0, length));
  }

  static String outcome(Header header, ByteBuf body) {
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
}
