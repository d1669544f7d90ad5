package io.larder.storage.duplicate;

import io.larder.store.binlog.BinlogPosition;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.IndexException;
import io.larder.store.duplicate.Signature;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The index of duplicates in one SQLite file (`docs/on-disk-format.md`). One transaction is always open; [#commit] ends
/// it and begins the next. One thread.
final class SqliteIndex implements DuplicateIndex {
  /// The form of the tables; a file of another form is built anew.
  private static final int FORM = 1;

  private static final String[] TABLES = {
    "create table progress (id integer primary key check (id = 1), file integer not null, at integer not null,"
        + " complete integer not null)",
    "create table sources (id integer primary key, name text not null unique, signature blob,"
        + " links integer not null, orphan_file integer not null, orphan_at integer not null)",
    "create index sources_by_signature on sources (signature) where signature is not null",
    "create index sources_unsigned on sources (name) where signature is null",
    "create index sources_unused on sources (name) where links = 0",
    "create table links (name text primary key, source integer not null) without rowid",
    "create index links_by_source on links (source)",
    "pragma user_version = " + FORM,
  };

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private SqliteIndex(Connection connection) {
    this.connection = connection;
  }

  /// Takes a connection over; makes the tables of a new file.
  ///
  /// @throws IndexException as damaged, when it is of another form
  static SqliteIndex over(Connection connection) throws SQLException, IndexException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      int form = number(statement, "pragma user_version");
      int tables = number(statement, "select count(*) from sqlite_master");
      if (form != FORM && tables > 0) {
        connection.close();
        throw new IndexException("the index has form " + form + ", not " + FORM, true, null);
      }
      if (tables == 0) {
        for (String table : TABLES) {
          statement.executeUpdate(table);
        }
        connection.commit();
      }
    }
    return new SqliteIndex(connection);
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /// What a failure of SQLite means.
  static IndexException failed(String step, SQLException cause) {
    boolean damaged =
        cause instanceof SQLiteException sqlite
            && (isCode(sqlite, SQLiteErrorCode.SQLITE_CORRUPT)
                || isCode(sqlite, SQLiteErrorCode.SQLITE_NOTADB)
                || isCode(sqlite, SQLiteErrorCode.SQLITE_FORMAT)
                || isCode(sqlite, SQLiteErrorCode.SQLITE_ERROR)); // its tables are not as expected
    return new IndexException(step + ": " + cause.getMessage(), damaged, cause);
  }

  private static boolean isCode(SQLiteException e, SQLiteErrorCode code) {
    return (e.getResultCode().code & 0xFF) == code.code;
  }

  // ---- statements

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private <T> T with(String sql, Work<T> work) throws IndexException {
    try {
      PreparedStatement known = statements.get(sql);
      if (known == null) {
        known = connection.prepareStatement(sql);
        statements.put(sql, known);
      }
      return work.on(known);
    } catch (SQLException e) {
      throw failed("index of duplicates", e);
    }
  }

  private int change(String sql, Object... values) throws IndexException {
    return with(
        sql,
        statement -> {
          set(statement, values);
          return statement.executeUpdate();
        });
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private Optional<Long> number(String sql, Object... values) throws IndexException {
    return with(
        sql,
        statement -> {
          set(statement, values);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
          }
        });
  }

  private List<String> names(String sql, Object... values) throws IndexException {
    return with(
        sql,
        statement -> {
          set(statement, values);
          List<String> names = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              names.add(row.getString(1));
            }
          }
          return names;
        });
  }

  // ---- the index

  @Override
  public Optional<BinlogPosition> position() throws IndexException {
    return with(
        "select file, at from progress",
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            return row.next()
                ? Optional.of(new BinlogPosition(row.getInt(1), row.getLong(2)))
                : Optional.empty();
          }
        });
  }

  @Override
  public boolean isComplete() throws IndexException {
    return number("select complete from progress").orElse(0L) == 1;
  }

  @Override
  public Optional<String> find(Signature signature, Set<String> except) throws IndexException {
    return with(
        "select name from sources where signature = ?",
        statement -> {
          set(statement, (Object) signature.bytes());
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              String name = row.getString(1);
              if (!except.contains(name)) {
                return Optional.of(name);
              }
            }
          }
          return Optional.empty();
        });
  }

  @Override
  public boolean addSource(String source, BinlogPosition at) throws IndexException {
    return change(
            "insert or ignore into sources (name, links, orphan_file, orphan_at) values (?, 0, ?, ?)",
            source,
            at.file(),
            at.offset())
        > 0;
  }

  @Override
  public void sign(String source, Signature signature) throws IndexException {
    change("update sources set signature = ? where name = ?", signature.bytes(), source);
  }

  private Optional<Long> idOf(String source) throws IndexException {
    return number("select id from sources where name = ?", source);
  }

  @Override
  public boolean removeSource(String source) throws IndexException {
    Optional<Long> id = idOf(source);
    if (id.isEmpty()) {
      return false;
    }
    change("delete from links where source = ?", id.get());
    return change("delete from sources where id = ?", id.get()) > 0;
  }

  @Override
  public boolean addLink(String link, String source) throws IndexException {
    Optional<Long> id = idOf(source);
    boolean added =
        id.isPresent()
            && change("insert or ignore into links (name, source) values (?, ?)", link, id.get())
                > 0;
    if (added) {
      change("update sources set links = links + 1 where id = ?", id.get());
    }
    return added;
  }

  @Override
  public boolean removeLink(String link, BinlogPosition at) throws IndexException {
    Optional<Long> id = number("select source from links where name = ?", link);
    if (id.isEmpty()) {
      return false;
    }
    change("delete from links where name = ?", link);
    change(
        "update sources set links = links - 1, orphan_file = ?, orphan_at = ? where id = ?",
        at.file(),
        at.offset(),
        id.get());
    return true;
  }

  @Override
  public List<String> orphans(BinlogPosition before, String after, int max) throws IndexException {
    return names(
        "select name from sources where links = 0 and name > ?"
            + " and (orphan_file < ? or (orphan_file = ? and orphan_at < ?)) order by name limit ?",
        after,
        before.file(),
        before.file(),
        before.offset(),
        max);
  }

  @Override
  public List<String> unsigned(String after, int max) throws IndexException {
    return names(
        "select name from sources where signature is null and name > ? order by name limit ?",
        after,
        max);
  }

  @Override
  public Totals totals() throws IndexException {
    return new Totals(
        number("select count(*) from sources").orElse(0L),
        number("select coalesce(sum(links), 0) from sources").orElse(0L));
  }

  @Override
  public void commit(BinlogPosition position, boolean complete) throws IndexException {
    change(
        "insert or replace into progress (id, file, at, complete) values (1, ?, ?, ?)",
        position.file(),
        position.offset(),
        complete ? 1 : 0);
    try {
      connection.commit();
    } catch (SQLException e) {
      throw failed("commit to the index of duplicates", e);
    }
  }

  @Override
  public void close() {
    statements.values().forEach(Quietly::close);
    try {
      connection.rollback();
    } catch (SQLException e) {
      Quietly.close(connection);
      return;
    }
    Quietly.close(connection);
  }
}
