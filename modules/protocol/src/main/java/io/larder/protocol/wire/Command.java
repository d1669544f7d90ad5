package io.larder.protocol.wire;

import static io.larder.protocol.wire.Command.Server.BOTH;
import static io.larder.protocol.wire.Command.Server.STORAGE;
import static io.larder.protocol.wire.Command.Server.TRACKER;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Every command of the native protocol: its code, who serves it, how request and reply are read.
///
/// Reads as a table; keep it in code order. `docs/protocol.md` has the same rows. A row without
/// readers is not served yet and decodes to [Unserved]. Code 100 is no command but marks replies
/// ([Header#REPLY]). Codes [#LARDER_FIRST] to [#LARDER_LAST] are ours and are sent only to peers that
/// are known to be Larder.
@SuppressWarnings("ImmutableEnumChecker") // method references only
public enum Command {
  REPORT_SERVER_ID(9, STORAGE),
  UPLOAD_FILE(11, STORAGE, StreamedRequest.Upload::read, FileReply.StoredName::read),
  DELETE_FILE(12, STORAGE, FileRequest.Delete::read, Done::read),
  SET_METADATA(13, STORAGE, FileRequest.SetMetadata::read, Done::read),
  DOWNLOAD_FILE(14, STORAGE, FileRequest.Download::read, TextReply::read),
  GET_METADATA(15, STORAGE, FileRequest.GetMetadata::read, TextReply::read),
  SYNC_CREATE_FILE(16, STORAGE),
  SYNC_DELETE_FILE(17, STORAGE),
  SYNC_UPDATE_FILE(18, STORAGE),
  SYNC_CREATE_LINK(19, STORAGE),
  CREATE_LINK(20, STORAGE, FileRequest.CreateLink::read, FileReply.StoredName::read),
  UPLOAD_SLAVE_FILE(21, STORAGE, StreamedRequest.UploadSlave::read, FileReply.StoredName::read),
  QUERY_FILE_INFO(22, STORAGE, FileRequest.QueryInfo::read, FileReply.FileInfo::read),
  UPLOAD_APPENDER_FILE(
      23, STORAGE, StreamedRequest.Upload::readAppender, FileReply.StoredName::read),
  APPEND_FILE(24, STORAGE, StreamedRequest.Append::read, Done::read),
  SYNC_APPEND_FILE(25, STORAGE),
  FETCH_ONE_PATH_BINLOG(26, STORAGE),
  TRUNK_ALLOC_SPACE(27, STORAGE),
  TRUNK_ALLOC_CONFIRM(28, STORAGE),
  TRUNK_FREE_SPACE(29, STORAGE),
  TRUNK_SYNC_BINLOG(30, STORAGE),
  TRUNK_GET_BINLOG_SIZE(31, STORAGE),
  TRUNK_DELETE_BINLOG_MARKS(32, STORAGE),
  TRUNK_TRUNCATE_BINLOG_FILE(33, STORAGE),
  MODIFY_FILE(34, STORAGE, StreamedRequest.Modify::read, Done::read),
  SYNC_MODIFY_FILE(35, STORAGE),
  TRUNCATE_FILE(36, STORAGE, FileRequest.Truncate::read, Done::read),
  SYNC_TRUNCATE_FILE(37, STORAGE),
  REGENERATE_APPENDER_FILENAME(
      38, STORAGE, FileRequest.Regenerate::read, FileReply.StoredName::read),
  SYNC_RENAME_FILE(40, STORAGE),
  JOIN_LEADER(58, TRACKER),
  CHANGE_STATUS(59, TRACKER, MemberRequest.ChangeStatus::read, Done::read),
  GET_MY_IP(60, TRACKER, IdentityRequest.GetMyIp::read, TextReply::read),
  GET_SYS_FILES_START(61, TRACKER),
  GET_SYS_FILES_END(62, TRACKER),
  GET_ONE_SYS_FILE(63, TRACKER),
  TRACKER_GET_STATUS(
      64, TRACKER, MemberRequest.TrackerGetStatus::read, MemberReply.TrackerState::read),
  PING_LEADER(65, TRACKER),
  NOTIFY_NEXT_LEADER(66, TRACKER),
  COMMIT_NEXT_LEADER(67, TRACKER),
  NOTIFY_RESELECT_LEADER(68, TRACKER),
  FETCH_STORAGE_IDS(
      69, TRACKER, IdentityRequest.FetchStorageIds::read, MemberReply.StorageIdsPage::read),
  GET_SERVER_ID(70, TRACKER, IdentityRequest.GetServerId::read, TextReply::read),
  STORAGE_GET_STATUS(71, TRACKER, IdentityRequest.StorageGetStatus::read, StorageBrief::read),
  FETCH_TRUNK_FID(72, TRACKER, TrunkReport.FetchTrunkFid::read, MemberReply.TrunkFid::read),
  REPORT_TRUNK_FID(73, TRACKER, TrunkReport.ReportTrunkFid::read, Done::read),
  REPORT_TRUNK_FREE(74, TRACKER, TrunkReport.ReportTrunkFree::read, Done::read),
  PARAMETER_REQ(75, TRACKER, IdentityRequest.Parameters::read, TextReply::read),
  REPORT_STATUS(76, TRACKER, MemberRequest.ReportStatus::read, Done::read),
  CHANGELOG_REQ(77, TRACKER, MemberRequest.Changelog::read, TextReply::read),
  REPORT_IP_CHANGED(78, TRACKER, MemberRequest.ReportIpChanged::read, Done::read),
  SYNC_DEST_QUERY(79, TRACKER, SyncSourceRequest.SyncDestQuery::read, MemberReply.SyncSource::read),
  STORAGE_JOIN(81, TRACKER, Join::read, MemberReply.Joined::read),
  QUIT(82, BOTH, Quit::read, Done::read),
  STORAGE_BEAT(83, TRACKER, MemberRequest.Beat::read, ChangeBody::read),
  REPORT_DISK_USAGE(84, TRACKER, MemberRequest.ReportDiskUsage::read, ChangeBody::read),
  REPLICA_CHG(85, TRACKER, MemberRequest.ReplicaChange::read, Done::read),
  SYNC_SRC_REQ(86, TRACKER, SyncSourceRequest.SyncSrcReq::read, MemberReply.SyncSource::read),
  SYNC_DEST_REQ(87, TRACKER, SyncSourceRequest.SyncDestReq::read, MemberReply.SyncSource::read),
  SYNC_NOTIFY(88, TRACKER, SyncSourceRequest.SyncNotify::read, Done::read),
  SYNC_REPORT(89, TRACKER, SyncSourceRequest.SyncReport::read, ChangeBody::read),
  LIST_ONE_GROUP(90, TRACKER, ListingRequest.ListOneGroup::read, Listings.Groups::read),
  LIST_ALL_GROUPS(91, TRACKER, ListingRequest.ListAllGroups::read, Listings.Groups::read),
  LIST_STORAGE(92, TRACKER, ListingRequest.ListStorages::read, Listings.Storages::read),
  DELETE_STORAGE(93, TRACKER, AdminRequest.DeleteStorage::read, Done::read),
  SET_TRUNK_SERVER(94, TRACKER, AdminRequest.SetTrunkServer::read, MemberReply.TrunkServer::read),
  GET_LEADER(95, TRACKER, ListingRequest.GetLeader::read, TextReply::read),
  TRACKER_CLUSTER_STAT(
      96, TRACKER, ListingRequest.TrackerClusterStat::read, ClusterStats.Trackers::read),
  STORAGE_CLUSTER_STAT(
      97, TRACKER, ListingRequest.StorageClusterStat::read, ClusterStats.Storages::read),
  STORAGE_VOLUMN_STAT(98, TRACKER, ListingRequest.VolumeStat::read, ClusterStats.Volumes::read),
  STORE_WITHOUT_GROUP_ONE(101, TRACKER, RoutingRequest.StoreOne::read, Routes.StoreOne::read),
  QUERY_FETCH_ONE(102, TRACKER, RoutingRequest.FetchOne::read, Routes.FetchOne::read),
  QUERY_UPDATE(103, TRACKER, RoutingRequest.Update::read, Routes.FetchOne::read),
  STORE_WITH_GROUP_ONE(104, TRACKER, RoutingRequest.StoreOne::readWithGroup, Routes.StoreOne::read),
  QUERY_FETCH_ALL(105, TRACKER, RoutingRequest.FetchAll::read, Routes.FetchAll::read),
  STORE_WITHOUT_GROUP_ALL(106, TRACKER, RoutingRequest.StoreAll::read, Routes.StoreAll::read),
  STORE_WITH_GROUP_ALL(107, TRACKER, RoutingRequest.StoreAll::readWithGroup, Routes.StoreAll::read),
  DELETE_GROUP(108, TRACKER, AdminRequest.DeleteGroup::read, Done::read),
  GET_GROUP_NAME(109, TRACKER, IdentityRequest.GetGroupName::read, MemberReply.GroupOf::read),
  ACTIVE_TEST(111, BOTH, ActiveTest::read, Done::read),
  /// Reserved: what a Larder peer can do.
  LARDER_HELLO(200, BOTH);

  /// On which port a command is served.
  public enum Server {
    TRACKER,
    STORAGE,
    BOTH
  }

  /// First code that is reserved for Larder.
  public static final int LARDER_FIRST = 200;

  /// Last code that is reserved for Larder.
  public static final int LARDER_LAST = 219;

  private static final List<Optional<Command>> BY_CODE =
      IntStream.rangeClosed(0, 0xFF).mapToObj(Command::search).toList();

  private final int code;
  private final Server server;
  private final boolean served;
  private final Request.Reader requestReader;
  private final Reply.Reader replyReader;

  Command(int code, Server server) {
    this.code = code;
    this.server = server;
    this.served = false;
    this.requestReader = (header, _) -> new Unserved(header.command());
    this.replyReader = TextReply::read;
  }

  Command(int code, Server server, Request.Reader requestReader, Reply.Reader replyReader) {
    this.code = code;
    this.server = server;
    this.served = true;
    this.requestReader = requestReader;
    this.replyReader = replyReader;
  }

  /// The command of a code; empty when the table has none.
  public static Optional<Command> find(int code) {
    return code < 0 || code > 0xFF ? Optional.empty() : BY_CODE.get(code);
  }

  /// Decodes a request that came to one port; the bytes are its whole body or, of a streamed command,
  /// its head.
  static Request decode(Header header, ByteBuf bytes, Server port) {
    Optional<Command> found = find(header.command());
    if (found.isEmpty() || !found.get().isServedAt(port)) {
      return new Unserved(header.command());
    }
    Command command = found.get();
    Request request = command.requestReader.read(header, new BodyReader(bytes));
    long there = bytes.readableBytes() + request.streamedBytes();
    if (there != header.bodyLength() && command != QUIT) {
      throw new MalformedException(
          "body_length: " + header.bodyLength() + ", but " + there + " bytes are there");
    }
    return request;
  }

  private boolean isServedAt(Server port) {
    return served && (server == port || server == BOTH);
  }

  private static Optional<Command> search(int code) {
    for (Command command : values()) {
      if (command.code == code) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }

  /// The command byte.
  public int code() {
    return code;
  }

  /// Who serves it.
  public Server server() {
    return server;
  }

  /// Whether requests are decoded; if not they become [Unserved].
  public boolean served() {
    return served;
  }

  /// Whether file bytes follow a head, so that a server never waits for a whole body.
  public boolean streamed() {
    return switch (this) {
      case UPLOAD_FILE, UPLOAD_APPENDER_FILE, UPLOAD_SLAVE_FILE, APPEND_FILE, MODIFY_FILE -> true;
      default -> false;
    };
  }

  /// Reads the successful reply to this command. The bytes of a download or of any reply without a
  /// form of its own come as one text; who expects many of them streams instead.
  ///
  /// @throws io.larder.protocol.MalformedException with the name of the field that breaks the protocol
  public Reply readReply(BodyReader in) {
    return replyReader.read(in);
  }
}
