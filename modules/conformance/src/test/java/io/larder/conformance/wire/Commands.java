package io.larder.conformance.wire;

/// The codes of the commands that these suites send; `docs/protocol.md` has them all.
public final class Commands {
  public static final int UPLOAD_FILE = 11;
  public static final int DELETE_FILE = 12;
  public static final int SET_METADATA = 13;
  public static final int DOWNLOAD_FILE = 14;
  public static final int GET_METADATA = 15;
  public static final int CREATE_LINK = 20;
  public static final int UPLOAD_SLAVE_FILE = 21;
  public static final int QUERY_FILE_INFO = 22;
  public static final int UPLOAD_APPENDER_FILE = 23;
  public static final int APPEND_FILE = 24;
  public static final int MODIFY_FILE = 34;
  public static final int TRUNCATE_FILE = 36;
  public static final int REGENERATE_APPENDER_FILENAME = 38;

  public static final int GET_MY_IP = 60;
  public static final int TRACKER_GET_STATUS = 64;
  public static final int FETCH_STORAGE_IDS = 69;
  public static final int GET_SERVER_ID = 70;
  public static final int STORAGE_GET_STATUS = 71;
  public static final int PARAMETER_REQ = 75;
  public static final int LIST_ONE_GROUP = 90;
  public static final int LIST_ALL_GROUPS = 91;
  public static final int LIST_STORAGE = 92;
  public static final int DELETE_STORAGE = 93;
  public static final int SET_TRUNK_SERVER = 94;
  public static final int GET_LEADER = 95;
  public static final int TRACKER_CLUSTER_STAT = 96;
  public static final int STORAGE_CLUSTER_STAT = 97;
  public static final int STORAGE_VOLUMN_STAT = 98;
  public static final int STORE_WITHOUT_GROUP_ONE = 101;
  public static final int QUERY_FETCH_ONE = 102;
  public static final int QUERY_UPDATE = 103;
  public static final int STORE_WITH_GROUP_ONE = 104;
  public static final int QUERY_FETCH_ALL = 105;
  public static final int STORE_WITHOUT_GROUP_ALL = 106;
  public static final int STORE_WITH_GROUP_ALL = 107;
  public static final int DELETE_GROUP = 108;
  public static final int GET_GROUP_NAME = 109;

  public static final int QUIT = 82;
  public static final int ACTIVE_TEST = 111;

  private Commands() {}
}
