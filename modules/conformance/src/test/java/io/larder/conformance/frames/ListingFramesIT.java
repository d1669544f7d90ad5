package io.larder.conformance.frames;

import static io.larder.conformance.servers.Outcome.DONE;
import static io.larder.conformance.servers.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Outcome;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Commands 90 to 92 and 95 to 98: groups, storages and trackers as monitors read them.
class ListingFramesIT extends FrameCase {
  private static final Outcome INVALID = refused(Status.EINVAL);
  private static final Outcome UNKNOWN = refused(Status.ENOENT);
  private static final int GROUP_RECORD = 113;
  private static final int ACTIVE = 7;

  ListingFramesIT(Target target) {
    super(target);
  }

  @Test
  void oneGroup() throws IOException {
    Reply reply = tracker(Frame.of(Commands.LIST_ONE_GROUP).group(group));

    assertThat(reply.size()).isEqualTo(GROUP_RECORD);
    isOurGroup(reply, 0);
  }

  @Test
  void allGroups() throws IOException {
    Reply reply = tracker(Frame.of(Commands.LIST_ALL_GROUPS));

    assertThat(reply.size() % GROUP_RECORD).isZero();
    int at = 0;
    while (!reply.text(at, 17).equals(group)) {
      at += GROUP_RECORD;
    }
    isOurGroup(reply, at);
  }

  private void isOurGroup(Reply reply, int at) {
    assertThat(reply.text(at, 17)).isEqualTo(group);
    assertThat(reply.int64(at + 17)).as("total").isPositive();
    assertThat(reply.int64(at + 25)).as("free").isBetween(0L, reply.int64(at + 17));
    assertThat(reply.int64(at + 33)).as("reserved").isNotNegative();
    assertThat(reply.int64(at + 41)).as("free in trunk files").isZero();
    assertThat(reply.int64(at + 49)).as("storages").isEqualTo(1);
    assertThat(reply.int64(at + 57)).as("port").isEqualTo(target.storage().getPort());
    assertThat(reply.int64(at + 65)).as("readable").isEqualTo(1);
    assertThat(reply.int64(at + 73)).as("writable").isEqualTo(1);
    assertThat(reply.int64(at + 81)).as("write server").isZero();
    assertThat(reply.int64(at + 89)).as("store paths").isEqualTo(1);
    assertThat(reply.int64(at + 97)).as("directories").isBetween(1L, 256L);
    assertThat(reply.int64(at + 105)).as("trunk file").isEqualTo(-1);
  }

  @Test
  void theStoragesOfAGroup() throws IOException {
    Reply reply = tracker(Frame.of(Commands.LIST_STORAGE).group(group));

    isOurStorage(reply);
  }

  @Test
  void theStorageOfAnId() throws IOException {
    isOurStorage(tracker(Frame.of(Commands.LIST_STORAGE).group(group).text(target.storageId())));
    isOurStorage(
        tracker(Frame.of(Commands.LIST_STORAGE).group(group).text(target.storageId() + "\0x")));
  }

  private void isOurStorage(Reply reply) {
    assertThat(reply.size()).isIn(487, 517);
    int ip = reply.size() == 487 ? 16 : 46;
    int more = ip - 16;
    assertThat(reply.int8(0)).as("status").isEqualTo(ACTIVE);
    assertThat(reply.int8(1)).as("read and write").isEqualTo(6);
    assertThat(reply.text(2, 16)).as("id").isEqualTo(target.storageId());
    assertThat(reply.text(18, ip))
        .as("address")
        .isEqualTo(target.storage().getAddress().getHostAddress());
    assertThat(reply.text(34 + more, 16)).as("source").isEmpty();
    assertThat(reply.text(50 + more, 8)).as("version").isEqualTo(target.version());
    assertThat(reply.int64(58 + more)).as("joined").isPositive();
    assertThat(reply.int64(66 + more)).as("up since").isPositive();
    assertThat(reply.int64(74 + more)).as("total").isPositive();
    assertThat(reply.int64(82 + more)).as("free").isBetween(0L, reply.int64(74 + more));
    assertThat(reply.int64(98 + more)).as("priority").isEqualTo(10);
    assertThat(reply.int64(106 + more)).as("store paths").isEqualTo(1);
    assertThat(reply.int64(122 + more)).as("write path").isZero();
    assertThat(reply.int64(130 + more)).as("port").isEqualTo(target.storage().getPort());
    assertThat(reply.int8(486 + more)).as("trunk server").isZero();
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotThereIsNotListed() {
    return Stream.of(
        onTracker("group", Frame.of(Commands.LIST_ONE_GROUP).group("nosuchgroup"), UNKNOWN),
        onTracker("storages", Frame.of(Commands.LIST_STORAGE).group("nosuchgroup"), UNKNOWN),
        onTracker("storage", Frame.of(Commands.LIST_STORAGE).group(group).text("42"), UNKNOWN),
        onTracker(
            "storage of an unknown group",
            Frame.of(Commands.LIST_STORAGE).group("nosuchgroup").text(target.storageId()),
            UNKNOWN));
  }

  @TestFactory
  Stream<DynamicTest> namesThatNoGroupCanHave() {
    return Stream.of("", "a/b", "../x", "a b", "abcdefghijklmnop", "\u0001\u0002", "groupé")
        .flatMap(other ->
            Stream.of(
                onTracker("90, '" + other + "'", group(Commands.LIST_ONE_GROUP, other), UNKNOWN),
                onTracker("92, '" + other + "'", group(Commands.LIST_STORAGE, other), UNKNOWN),
                onTracker("108, '" + other + "'", group(Commands.DELETE_GROUP, other), UNKNOWN),
                onTracker(
                    "93, '" + other + "'",
                    group(Commands.DELETE_STORAGE, other).text("1"),
                    UNKNOWN),
                onTracker(
                    "71, '" + other + "'",
                    group(Commands.STORAGE_GET_STATUS, other).text(target.storageText()),
                    UNKNOWN)));
  }

  private static Frame group(int command, String name) {
    return Frame.of(command).group(name);
  }

  @TestFactory
  Stream<DynamicTest> bodiesOfAnotherLengthAreRefused() {
    return Stream.of(
            lengths(Commands.LIST_ONE_GROUP, 0, 15, 17),
            lengths(Commands.LIST_ALL_GROUPS, 1, 16),
            lengths(Commands.LIST_STORAGE, 0, 15, 32, 40),
            lengths(Commands.GET_LEADER, 1),
            lengths(Commands.TRACKER_CLUSTER_STAT, 0, 2, 4),
            lengths(Commands.STORAGE_CLUSTER_STAT, 0, 3, 5),
            lengths(Commands.STORAGE_VOLUMN_STAT, 0, 3, 5))
        .flatMap(tests -> tests);
  }

  @Test
  void theLeaderIsNamed() throws IOException {
    Reply reply = tracker(Frame.of(Commands.GET_LEADER));

    assertThat(reply.status()).isZero();
    assertThat(reply.text(0)).isEqualTo(target.trackerText());
  }

  @Test
  void trackersAreListed() throws IOException {
    Reply reply = tracker(Frame.of(Commands.TRACKER_CLUSTER_STAT).zeros(3));

    assertThat(reply.int8(0)).isEqualTo(1);
    assertThat(reply.size()).isEqualTo(1 + 90);
    assertThat(reply.text(1, 52)).isEqualTo(target.trackerText());
    assertThat(reply.int8(53)).as("leader").isEqualTo(1);
    assertThat(reply.int8(54)).as("active").isEqualTo(1);
    assertThat(reply.int32(59)).as("connections").isPositive();
    assertThat(reply.text(67, 8).startsWith("L"))
        .as("version")
        .isEqualTo(target.differs(Deviation.TRACKER_VERSION));
    assertThat(reply.int64(75)).as("up since").isPositive();
    hasNoStaleBytes(reply, 1, 52);
  }

  @TestFactory
  Stream<DynamicTest> trackersAreFiltered() {
    return Stream.of(
        counted(Commands.TRACKER_CLUSTER_STAT, 0, 1, 1, 1, 0),
        counted(Commands.TRACKER_CLUSTER_STAT, 0, 0, 1, 0, 0),
        counted(Commands.TRACKER_CLUSTER_STAT, 0, 1, 2, 0, 1),
        counted(Commands.TRACKER_CLUSTER_STAT, 0, 0, 2, 0, 0),
        counted(Commands.TRACKER_CLUSTER_STAT, 0, 1, 3, 1, 1),
        counted(Commands.TRACKER_CLUSTER_STAT, 0, 0, 3, 0, 1));
  }

  @Test
  void storagesOfAllGroupsAreListed() throws IOException {
    Reply reply = tracker(Frame.of(Commands.STORAGE_CLUSTER_STAT).zeros(4));

    assertThat(reply.int8(0)).as("storage ids").isIn(0, 1);
    assertThat(reply.int8(1)).as("trunk files").isZero();
    assertThat(reply.int32(2)).isEqualTo(1);
    assertThat(reply.size()).isEqualTo(6 + 106);
    assertThat(reply.text(6, 16)).isEqualTo(target.storageId());
    assertThat(reply.text(22, 52)).isEqualTo(target.storageText());
    assertThat(reply.int8(74)).as("trunk server").isZero();
    assertThat(reply.int8(75)).as("status").isEqualTo(ACTIVE);
    assertThat(reply.text(88, 8)).as("version").isEqualTo(target.version());
    hasNoStaleBytes(reply, 6, 16);
    hasNoStaleBytes(reply, 22, 52);
  }

  @TestFactory
  Stream<DynamicTest> storagesAreFiltered() {
    return Stream.of(
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 1, 2, '=', ACTIVE, 0),
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 0, 2, '!', ACTIVE, 0),
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 0, 2, '=', 5, 0),
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 1, 2, '!', 5, 0),
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 1, 3, '=', ACTIVE, 0),
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 0, 3, '=', 5, 0));
  }

  @Test
  void volumesAreListed() throws IOException {
    Reply reply = tracker(Frame.of(Commands.STORAGE_VOLUMN_STAT).zeros(4));

    assertThat(reply.int8(0)).as("trunk files").isZero();
    assertThat(reply.int32(1)).isEqualTo(1);
    assertThat(reply.size()).isEqualTo(5 + 59);
    assertThat(reply.text(5, 17)).isEqualTo(group);
    long free = reply.int64(30);
    assertThat(reply.int64(22)).as("total").isPositive();
    assertThat(reply.int64(46)).as("available").isEqualTo(Math.max(0, free - reply.int64(38)));
    assertThat(reply.int64(54)).as("free in trunk files").isZero();
    assertThat(reply.int8(62)).as("disk is available").isEqualTo(1);
    assertThat(reply.int8(63)).as("trunk is available").isZero();
    hasNoStaleBytes(reply, 5, 17);
  }

  @TestFactory
  Stream<DynamicTest> volumesAreFiltered() {
    return Stream.of(
        counted(Commands.STORAGE_VOLUMN_STAT, 1, 1, 1, 1, 0, 0),
        counted(Commands.STORAGE_VOLUMN_STAT, 1, 0, 1, 0, 0, 0),
        counted(Commands.STORAGE_VOLUMN_STAT, 1, 1, 4, 0, 0, 1),
        counted(Commands.STORAGE_VOLUMN_STAT, 1, 0, 4, 0, 0, 0));
  }

  /// Where trunk files are off, and these suites are run without them.
  @TestFactory
  Stream<DynamicTest> filtersForTrunkFilesPassAllWhereThereAreNone() {
    return Stream.of(
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 1, 1, 0, 0, 0),
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 1, 1, 0, 0, 1),
        counted(Commands.STORAGE_CLUSTER_STAT, 2, 1, 3, '=', ACTIVE, 1),
        counted(Commands.STORAGE_VOLUMN_STAT, 1, 1, 2, 0, 0, 0),
        counted(Commands.STORAGE_VOLUMN_STAT, 1, 1, 2, 0, 1, 0),
        counted(Commands.STORAGE_VOLUMN_STAT, 1, 1, 7, 1, 1, 1));
  }

  @Test
  void theCountersOfAStorageGrow() throws IOException {
    storageAnswers(upload(text("counted"), "txt"), DONE);

    Reply reply = tracker(Frame.of(Commands.LIST_STORAGE).group(group));

    int counters = reply.size() == 487 ? 138 : 168;
    assertThat(reply.int64(counters + 12)).as("uploads").isNotNegative();
    assertThat(reply.int64(counters + 20))
        .as("successful uploads")
        .isLessThanOrEqualTo(reply.int64(counters + 12));
  }

  private Stream<DynamicTest> lengths(int command, int... sizes) {
    return IntStream.of(sizes)
        .mapToObj(size ->
            onTracker(
                "command " + command + ", " + size + " bytes",
                Frame.of(command).zeros(size),
                INVALID));
  }

  /// A test of how many records a filter leaves; the count is a byte at offset 0, or four bytes behind that many flags.
  private DynamicTest counted(int command, int flags, int expected, int... filter) {
    return DynamicTest.dynamicTest(
        "command " + command + ", filter " + IntStream.of(filter).boxed().toList(),
        () -> {
          Frame query = Frame.of(command);
          for (int one : filter) {
            query = query.int8(one);
          }
          Reply reply = tracker(query);
          assertThat(reply.status()).isZero();
          assertThat(flags == 0 ? reply.int8(0) : reply.int32(flags)).isEqualTo(expected);
        });
  }

  private void hasNoStaleBytes(Reply reply, int at, int size) {
    if (!target.differs(Deviation.STALE_TEXT)) {
      return;
    }
    for (int i = at + reply.text(at, size).length(); i < at + size; i++) {
      assertThat(reply.int8(i)).as("byte %s", i).isZero();
    }
  }
}
