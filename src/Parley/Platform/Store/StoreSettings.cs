using System.ComponentModel;

namespace Parley.Platform.Store;

/// <summary>Where everything is kept.</summary>
public sealed record StoreSettings(
    [Description("A PostgreSQL connection (Host=…;Database=…;Username=…;Password=…). Empty: an embedded store in the data folder."), PasswordPropertyText] string? Url = null)
{
    /// <summary>Opens the dialect that the settings choose. The one place where an engine is chosen.</summary>
    /// <exception cref="StoreRefused">The connection's text cannot be read.</exception>
    public Dialect Open(string folder)
    {
        if (string.IsNullOrWhiteSpace(Url))
        {
            return new SqliteDialect(Path.Combine(folder, "parley.db"));
        }

        try
        {
            return new PostgresDialect(Url);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw new StoreRefused("store.url", "The store's address (store.url) is no PostgreSQL connection. It reads like Host=localhost;Database=parley;Username=parley;Password=…");
        }
    }
}
