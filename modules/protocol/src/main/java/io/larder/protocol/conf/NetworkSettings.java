package io.larder.protocol.conf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a server listens and how long it waits. The keys are the same in tracker.conf and storage.conf.
///
/// @param bindAddresses where to listen, empty for every address
/// @param port where to listen, 0 for any free one
/// @param addressFamily which families to listen on
/// @param connectTimeout longest wait for an outgoing connection
/// @param networkTimeout longest wait for bytes of a message that has begun
/// @param connections how many there may be and how they are served
/// @param allowHosts who may connect
public record NetworkSettings(
    List<String> bindAddresses,
    int port,
    AddressFamily addressFamily,
    Duration connectTimeout,
    Duration networkTimeout,
    Connections connections,
    AllowHosts allowHosts) {

  /// Address families to listen on.
  public enum AddressFamily {
    AUTO("auto"),
    IPV4("IPv4"),
    IPV6("IPv6"),
    BOTH("both");

    private final String word;

    AddressFamily(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// Limits of connections.
  ///
  /// @param max most client connections at a time
  /// @param bufferSize largest message body that is held in memory
  /// @param eventLoops how many event loops serve them, empty for one per core
  /// @param quickAck whether the kernel acknowledges at once
  public record Connections(
      int max, ByteSize bufferSize, Optional<Integer> eventLoops, boolean quickAck) {}

  private static final ValueType<List<String>> ADDRESSES =
      ValueType.of(
          "addresses", "one or two addresses, separated by a comma", NetworkSettings::addresses);

  static final Setting<List<String>> BIND_ADDR =
      Setting.of("bind_addr", ADDRESSES)
          .orElseMeaning("all addresses")
          .means("Address to listen on; an IPv4 and an IPv6 address may stand together.");
  static final Setting<Integer> PORT =
      Setting.of("port", ValueType.PORT).means("Port to listen on; 0 takes any free port.");
  static final Setting<AddressFamily> ADDRESS_FAMILY =
      Setting.of("address_family", ValueType.choice(AddressFamily.class, AddressFamily::word))
          .orElse("auto")
          .since("6.11")
          .means("Address families to listen on; IPv6 alone needs storage ids.");
  static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.of("connect_timeout", ValueType.POSITIVE_SECONDS)
          .orElse("10")
          .lenient()
          .means("Longest wait for an outgoing connection.");
  static final Setting<Duration> NETWORK_TIMEOUT =
      Setting.of("network_timeout", ValueType.POSITIVE_SECONDS)
          .lenient()
          .means("Longest wait for the next bytes of a message that has begun.");
  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.of("max_connections", ValueType.integer(1, Integer.MAX_VALUE))
          .orElse("1024")
          .mapped()
          .means("Most client connections at a time. (FastDFS: 256.)");
  static final Setting<ByteSize> BUFF_SIZE =
      Setting.of("buff_size", ValueType.SIZE)
          .orElse("256KB")
          .mapped()
          .means("Largest message body held in memory; file bytes are streamed and do not count.");
  static final Setting<Integer> WORK_THREADS =
      Setting.of("work_threads", ValueType.integer(1, 1024))
          .orElseMeaning("one per core, at most 4")
          .mapped()
          .means("Number of event loops that serve connections.");
  static final Setting<Boolean> TCP_QUICK_ACK =
      Setting.of("tcp_quick_ack", ValueType.BOOL)
          .orElse("true")
          .mapped()
          .means("Acknowledge received TCP segments at once.");
  static final Setting<AllowHosts> ALLOW_HOSTS =
      Setting.of("allow_hosts", ValueType.of("hosts", AllowHosts.ALLOWED, AllowHosts::parse))
          .orElse("*")
          .repeated()
          .means("Who may connect; a peer that fits no line is disconnected without an answer.");

  private static final List<Setting<?>> WITHOUT_EFFECT =
      List.of(
          Setting.of("accept_threads", ValueType.TEXT)
              .orElse("1")
              .ignored("the event loops accept connections themselves"),
          Setting.of("min_buff_size", ValueType.SIZE)
              .ignored("buffers are pooled and grow by themselves"),
          Setting.of("max_buff_size", ValueType.SIZE)
              .ignored("buffers are pooled and grow by themselves; the limit is buff_size"),
          Setting.of("use_io_uring", ValueType.BOOL)
              .orElse("false")
              .since("6.15")
              .ignored("sockets are served through epoll"),
          Setting.of("use_send_zc", ValueType.BOOL)
              .orElse("true")
              .ignored("it is an option of io_uring, which is not used"),
          Setting.of("thread_stack_size", ValueType.SIZE)
              .orElse("256KB")
              .ignored("stacks are sized by the JVM option -Xss"),
          Setting.of("run_by_group", ValueType.TEXT)
              .ignored("start the process as the wanted group (systemd Group=, docker user)"),
          Setting.of("run_by_user", ValueType.TEXT)
              .ignored("start the process as the wanted user (systemd User=, docker user)"));

  static final List<ObsoleteSetting> OBSOLETE =
      List.of(
          ObsoleteSetting.renamed("inner_port", PORT),
          ObsoleteSetting.renamed("outer_port", PORT),
          ObsoleteSetting.renamed("inner_bind_addr", BIND_ADDR),
          ObsoleteSetting.renamed("outer_bind_addr", BIND_ADDR));

  public NetworkSettings {
    bindAddresses = List.copyOf(bindAddresses);
  }

  static List<Setting<?>> rows(String port, String networkTimeoutSeconds) {
    return Rows.of(
        List.of(
            BIND_ADDR,
            PORT.orElse(port),
            ADDRESS_FAMILY,
            ALLOW_HOSTS,
            CONNECT_TIMEOUT,
            NETWORK_TIMEOUT.orElse(networkTimeoutSeconds),
            MAX_CONNECTIONS,
            BUFF_SIZE,
            WORK_THREADS,
            TCP_QUICK_ACK),
        WITHOUT_EFFECT);
  }

  static NetworkSettings read(EffectiveSettings in) {
    return new NetworkSettings(
        in.find(BIND_ADDR).orElse(List.of()),
        in.get(PORT),
        in.get(ADDRESS_FAMILY),
        in.get(CONNECT_TIMEOUT),
        in.get(NETWORK_TIMEOUT),
        new Connections(
            in.get(MAX_CONNECTIONS), bufferSize(in), in.find(WORK_THREADS), in.get(TCP_QUICK_ACK)),
        AllowHosts.of(in.list(ALLOW_HOSTS)));
  }

  /// The reference does not start below this size (S2 §7.4); a smaller one is raised.
  private static ByteSize bufferSize(EffectiveSettings in) {
    var least = new ByteSize(65_546);
    ByteSize size = in.get(BUFF_SIZE);
    if (size.compareTo(least) >= 0) {
      return size;
    }
    in.warn(BUFF_SIZE, "below " + least + " bytes, FastDFS does not start with it: raised to that");
    return least;
  }

  private static List<String> addresses(String text) {
    return PeerAddress.parse(
            text.indexOf(',') < 0 && IpKind.isV6(text) ? "[" + text + "]" : text, 1)
        .hosts();
  }
}
