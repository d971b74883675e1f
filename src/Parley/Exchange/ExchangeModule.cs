namespace Parley.Exchange;

/// <summary>What programs get and give.</summary>
public static class ExchangeModule
{
    public static readonly Module Module = new("Exchange") { Map = ChangesApi.Map };
}
