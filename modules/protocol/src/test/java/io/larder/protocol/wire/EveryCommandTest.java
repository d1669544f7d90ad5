package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.vector.Vector;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command of the table, with every recorded request of it, cut at every place and changed at every byte. A command
/// that is served from now on needs a recorded frame before it passes here.
class EveryCommandTest {
  private static final byte[] OTHER_BYTES = {0, 1, 0x2F, 0x7F, (byte) 0x80, (byte) 0xFF};

  /// Replies that C was never recorded to give. This list only shrinks.
  private static final Set<Command> NOT_RECORDED =
      EnumSet.of(Command.SET_TRUNK_SERVER, Command.DELETE_GROUP);

  /// In longer bodies only so many places are tried, evenly spread.
  private static final int PLACES_MAX = 400;

  static List<Command> commands() {
    return Corpus.commands();
  }

  @Test
  void everyServedCommandIsAmongThem() {
    Set<Command> served = new TreeSet<>();
    for (Command command : Command.values()) {
      if (command.served()) {
        served.add(command);
      }
    }
    served.remove(Command.QUIT);

    assertThat(commands()).containsExactlyElementsOf(served);
    assertThat(commands()).allMatch(command -> !Corpus.requests(command).isEmpty());
  }

  @Test
  void everyReplyIsAmongTheRecordedOnes() {
    Set<Command> missing = new TreeSet<>(commands());
    Corpus.replies().forEach(reply -> missing.remove(Command.find(reply.code()).orElseThrow()));

    assertThat(missing).isEqualTo(NOT_RECORDED);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aBodyCutAnywhereIsRefusedByTheFieldThatIsMissing(Command command) {
    for (Vector vector : Corpus.requests(command)) {
      int whole = Corpus.body(vector).length;
      places(whole).forEach(length -> Refusals.assertCutIsRefused(vector, length));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aBodyDeclaredShorterIsRefusedOrAnotherRequest(Command command) {
    for (Vector vector : Corpus.requests(command)) {
      byte[] body = Corpus.body(vector);
      places(body.length)
          .forEach(
              length -> Refusals.assertRefusedOrWrittenBack(vector, Arrays.copyOf(body, length)));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aBodyChangedAnywhereIsRefusedOrWrittenBackAsItIs(Command command) {
    for (Vector vector : Corpus.requests(command)) {
      byte[] body = Corpus.body(vector);
      places(body.length)
          .forEach(place -> {
            for (byte other : OTHER_BYTES) {
              byte[] changed = body.clone();
              changed[place] = other;
              Refusals.assertRefusedOrWrittenBack(vector, changed);
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aBodyWithMoreBehindItIsRefusedOrAnotherRequest(Command command) {
    for (Vector vector : Corpus.requests(command)) {
      byte[] body = Corpus.body(vector);
      for (int more : new int[] {1, 8, 100}) {
        Refusals.assertRefusedOrWrittenBack(vector, Arrays.copyOf(body, body.length + more));
      }
    }
  }

  private static IntStream places(int length) {
    return IntStream.range(0, Math.min(length, PLACES_MAX))
        .map(i -> (int) ((long) i * length / Math.min(length, PLACES_MAX)));
  }
}
