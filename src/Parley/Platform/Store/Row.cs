using System.Data.Common;

namespace Parley.Platform.Store;

/// <summary>One row of an answer, column by column. What it gives is copied: the row itself moves on.</summary>
public abstract class Row
{
    public abstract bool IsNull(int column);

    public abstract long Integer(int column);

    public abstract string Text(int column);

    public abstract byte[] Bytes(int column);
}

/// <summary>A row of the driver's own reader.</summary>
internal sealed class ReaderRow(DbDataReader reader) : Row
{
    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override long Integer(int column) => reader.GetInt64(column);

    public override string Text(int column) => reader.GetString(column);

    public override byte[] Bytes(int column) => (byte[])reader.GetValue(column);
}
