namespace Parley.Tests.Cast;

/// <summary>An agent at the console: a cookie, and the header that shows the change is meant.</summary>
public sealed class Person : Caller
{
    public Person(Uri address)
        : base(address) => Headers["X-Parley"] = "1";

    public string Id { get; set; } = "";
}
