using System.Data.Common;
using System.Text.Json;

namespace Parley.Platform.Store;

/// <summary>
/// A table as lines of text, the same for both engines: a first line with its columns, then an array a row. So a backup of one engine can be
/// restored into the other.
/// </summary>
public static class TableCopy
{
    private const int Batch = 500;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task<List<string>> Names(Session session) => session.Query<string>(session.Dialect.TableNames);

    /// <summary>Writes all rows of a table, in the order of its first column; returns how many.</summary>
    public static async Task<long> Write(Session session, string table, Stream into)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = $"select * from {table} order by 1";
        command.Transaction = session.Transaction;
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).Select(i => new[] { reader.GetName(i), reader.GetDataTypeName(i).ToLowerInvariant() }).ToArray();
        await Line(into, columns);
        long count = 0;
        for (var row = new object?[columns.Length]; await reader.ReadAsync(); count++)
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            await Line(into, row);
        }

        return count;
    }

    /// <summary>Reads what <see cref="Write"/> wrote into an empty table that has these columns; returns how many rows.</summary>
    public static async Task<long> Read(Database database, string table, Stream from)
    {
        using var lines = new StreamReader(from);
        var columns = JsonSerializer.Deserialize<string[][]>(await lines.ReadLineAsync() ?? throw new InvalidDataException($"The table {table} is cut off."))!;
        var bulk = new Bulk(table, [.. columns.Select(column => (column[0], TypeOf(table, column)))]);
        var rows = new List<object?[]>(Batch);
        long count = 0;
        for (var line = await lines.ReadLineAsync(); line is not null; line = await lines.ReadLineAsync())
        {
            rows.Add(Row(line, bulk));
            count++;
            if (rows.Count == Batch)
            {
                await Flush(database, bulk, rows);
            }
        }

        await Flush(database, bulk, rows);
        return count;
    }

    private static async Task Flush(Database database, Bulk bulk, List<object?[]> rows)
    {
        await database.Write(session => session.Write(bulk, rows));
        rows.Clear();
    }

    private static object?[] Row(string line, Bulk bulk)
    {
        using var document = JsonDocument.Parse(line);
        var values = document.RootElement;
        var row = new object?[bulk.Columns.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (values[i].ValueKind, bulk.Columns[i].Type) switch
            {
                (JsonValueKind.Null, _) => null,
                (_, ColumnType.Bytes) => values[i].GetBytesFromBase64(),
                (_, ColumnType.Integer) => values[i].GetInt64(),
                _ => values[i].GetString(),
            };
        }

        return row;
    }

    private static ColumnType TypeOf(string table, string[] column) => column[1] switch
    {
        "bytea" => ColumnType.Bytes,
        "bigint" => ColumnType.Integer,
        "text" => ColumnType.Text,
        var type => throw new InvalidDataException($"The column {table}.{column[0]} is of the type {type}, which is not common to both engines."),
    };

    private static async Task Line<T>(Stream into, T value)
    {
        await JsonSerializer.SerializeAsync(into, value, Plain);
        into.WriteByte((byte)'\n');
    }
}
