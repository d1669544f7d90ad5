package io.larder.conformance.frames;

import static io.larder.conformance.servers.Outcome.DONE;
import static io.larder.conformance.servers.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.servers.Outcome;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Commands 101 to 107: where to write and where to read. The answers carry addresses in fields of 15 or 45 bytes.
class RoutingFramesIT extends FrameCase {
  private static final Outcome INVALID = refused(Status.EINVAL);
  private static final Outcome UNKNOWN = refused(Status.ENOENT);
  private static final int[] BY_GROUP = {
    Commands.STORE_WITH_GROUP_ONE, Commands.STORE_WITH_GROUP_ALL,
  };
  private static final int[] BY_NAME = {
    Commands.QUERY_FETCH_ONE, Commands.QUERY_UPDATE, Commands.QUERY_FETCH_ALL,
  };
  private static final int NARROW = 15;
  private static final int WIDE = 45;

  RoutingFramesIT(Target target) {
    super(target);
  }

  @Test
  void oneStorageForANewFile() throws IOException {
    for (Frame query :
        new Frame[] {
          Frame.of(Commands.STORE_WITHOUT_GROUP_ONE),
          Frame.of(Commands.STORE_WITH_GROUP_ONE).group(group),
        }) {
      Reply reply = tracker(query);

      assertThat(reply.size()).isIn(40, 70);
      assertThat(reply.text(0, 16)).isEqualTo(group);
      int ip = reply.size() == 40 ? NARROW : WIDE;
      assertThat(address(reply, 16, ip)).isEqualTo(target.storage());
      assertThat(reply.int8(reply.size() - 1)).isZero();
    }
  }

  @Test
  void allStoragesForANewFile() throws IOException {
    for (Frame query :
        new Frame[] {
          Frame.of(Commands.STORE_WITHOUT_GROUP_ALL),
          Frame.of(Commands.STORE_WITH_GROUP_ALL).group(group),
        }) {
      Reply reply = tracker(query);

      assertThat(reply.size()).isIn(17 + 23, 17 + 53);
      assertThat(reply.text(0, 16)).isEqualTo(group);
      int ip = reply.size() == 40 ? NARROW : WIDE;
      assertThat(address(reply, 16, ip)).isEqualTo(target.storage());
      assertThat(reply.int8(reply.size() - 1)).isZero();
    }
  }

  @Test
  void oneStorageForAFile() throws IOException {
    String name = file("content");
    for (int command : new int[] {Commands.QUERY_FETCH_ONE, Commands.QUERY_UPDATE}) {
      Reply reply = tracker(named(command, name));

      assertThat(reply.size()).isIn(39, 69);
      assertThat(reply.text(0, 16)).isEqualTo(group);
      assertThat(address(reply, 16, reply.size() == 39 ? NARROW : WIDE))
          .isEqualTo(target.storage());
    }
  }

  @Test
  void allStoragesForAFile() throws IOException {
    Reply reply = tracker(named(Commands.QUERY_FETCH_ALL, file("content")));

    assertThat(reply.size()).isIn(16 + 23, 16 + 53);
    assertThat(reply.text(0, 16)).isEqualTo(group);
    assertThat(address(reply, 16, reply.size() == 39 ? NARROW : WIDE)).isEqualTo(target.storage());
  }

  @TestFactory
  Stream<DynamicTest> unknownGroups() {
    return Stream.of("", "nosuchgroup", "GROUP1", "group1x", "abcdefghijklmnop", "a b", "../x")
        .flatMap(other ->
            Stream.concat(
                IntStream.of(BY_GROUP)
                    .mapToObj(command ->
                        onTracker(
                            "command " + command + ", group '" + other + "'",
                            Frame.of(command).group(other),
                            UNKNOWN)),
                IntStream.of(BY_NAME)
                    .mapToObj(command ->
                        onTracker(
                            "command " + command + ", group '" + other + "'",
                            Frame.of(command).group(other).text(NOWHERE),
                            UNKNOWN))));
  }

  @TestFactory
  Stream<DynamicTest> bodiesOfAnotherLengthAreRefused() {
    return Stream.concat(
        Stream.of(Commands.STORE_WITHOUT_GROUP_ONE, Commands.STORE_WITHOUT_GROUP_ALL)
            .flatMap(command ->
                IntStream.of(1, 16, 40)
                    .mapToObj(size ->
                        onTracker(
                            "command " + command + ", " + size + " bytes",
                            Frame.of(command).zeros(size),
                            INVALID))),
        IntStream.of(BY_GROUP)
            .boxed()
            .flatMap(command ->
                IntStream.of(0, 1, 15, 17, 32)
                    .mapToObj(size ->
                        onTracker(
                            "command " + command + ", " + size + " bytes",
                            Frame.of(command).zeros(size),
                            INVALID))));
  }

  @TestFactory
  Stream<DynamicTest> namesOfAnotherLengthAreRefused() {
    return IntStream.of(BY_NAME)
        .boxed()
        .flatMap(command ->
            IntStream.of(0, 1, 10, 21, 128, 129, 1000)
                .mapToObj(length ->
                    onTracker(
                        "command " + command + ", name of " + length,
                        named(command, "x".repeat(length)),
                        INVALID)));
  }

  @TestFactory
  Stream<DynamicTest> anyNameOfALegalLengthIsAnswered() {
    return IntStream.of(BY_NAME)
        .boxed()
        .flatMap(command ->
            Stream.of(
                    NOWHERE,
                    "x".repeat(22),
                    "x".repeat(127),
                    "M00/../../etc/passwd-and-more",
                    "MZZ/zz/zz/" + "!".repeat(34),
                    NOWHERE + "_a-slave-of-nothing.jpg")
                .map(name ->
                    onTracker("command " + command + ", " + name, named(command, name), DONE)));
  }

  @Test
  void aGroupEndsAtItsFirstNul() throws IOException {
    trackerAnswers(Frame.of(Commands.STORE_WITH_GROUP_ONE).text(group + "\0stale", 16), DONE);
    trackerAnswers(Frame.of(Commands.QUERY_UPDATE).text(group + "\0stale", 16).text(NOWHERE), DONE);
  }

  @Test
  void refusalsLeaveTheConnectionOpen() throws IOException {
    try (RawConnection connection = RawConnection.to(target.tracker())) {
      for (int i = 0; i < 5; i++) {
        assertThat(connection.ask(Frame.of(Commands.QUERY_UPDATE)).status())
            .isEqualTo(Status.EINVAL);
        assertThat(connection.ask(Frame.of(Commands.STORE_WITH_GROUP_ONE).group("no")).status())
            .isEqualTo(Status.ENOENT);
        assertThat(connection.ask(Frame.of(Commands.STORE_WITHOUT_GROUP_ONE)).status()).isZero();
      }
    }
  }

  private static InetSocketAddress address(Reply reply, int at, int ip) {
    return new InetSocketAddress(reply.text(at, ip), Math.toIntExact(reply.int64(at + ip)));
  }
}
