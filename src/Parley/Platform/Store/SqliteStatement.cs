using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Parley.Platform.Store;

/// <summary>
/// A prepared statement of a hot path, spoken to without the driver's command and reader objects: for a row of fifteen columns those cost more than
/// the engine's own work. One thread at a time, like the connection that it belongs to.
/// </summary>
/// <remarks>https://www.sqlite.org/c3ref/stmt.html</remarks>
internal sealed class SqliteStatement : Row, IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[512];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Runs it once with these values (null, long, string or bytes), reading nothing.</summary>
    /// <exception cref="SqliteException">What the engine said; the statement can be used again.</exception>
    public void Run(ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    /// <summary>Adds what each row of the answer maps to.</summary>
    public void Read<T>(ReadOnlySpan<object?> values, Func<Row, T> map, List<T> into)
    {
        Bind(values);
        try
        {
            while (Step())
            {
                into.Add(map(this));
            }
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public override string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public override byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return code == raw.SQLITE_ROW;
        }

        SqliteException.ThrowExceptionForRC(code, _connection);
        return false;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(_statement, i + 1),
                long number => raw.sqlite3_bind_int64(_statement, i + 1, number),
                byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, i + 1, 0),
                byte[] bytes => raw.sqlite3_bind_blob(_statement, i + 1, bytes),
                string text => BindText(i + 1, text),
                Utf8 text => raw.sqlite3_bind_text(_statement, i + 1, text.Span),
                var other => throw new ArgumentException($"A value of type {other.GetType()} has no column type."),
            });
        }
    }

    private int BindText(int place, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
        {
            _text = new byte[Math.Max(most, _text.Length * 2)];
        }

        var length = Encoding.UTF8.GetBytes(text, _text);
        return raw.sqlite3_bind_text(_statement, place, _text.AsSpan(0, length));
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
