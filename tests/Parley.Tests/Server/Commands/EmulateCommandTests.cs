using System.Diagnostics;
using Parley.Server.Commands;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server.Commands;

public class EmulateCommandTests
{
    [Fact]
    public async Task It_plays_the_providers_on_this_machine_alone()
    {
        var start = new ProcessStartInfo(Built.Parley) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["emulate", "--port", "0"])
        {
            start.ArgumentList.Add(argument);
        }

        using var program = Process.Start(start)!;
        try
        {
            Uri? address = null;
            while (address is null && await program.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
            {
                address = line.Split(' ').Where(word => word.StartsWith("http://", StringComparison.Ordinal)).Select(word => new Uri(word.TrimEnd(','))).FirstOrDefault();
            }

            address.ShouldNotBeNull().Host.ShouldBe("127.0.0.1");
            using var browser = new Caller(address);
            var page = (await browser.Get("/")).Expect(System.Net.HttpStatusCode.OK);
            page.Text.ShouldContain("Customers on channels");
            (await browser.Get("/page.js")).Expect(System.Net.HttpStatusCode.OK);
            (await browser.Get("/control")).Expect(System.Net.HttpStatusCode.OK).Text.ShouldContain("/generic/hook");
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }
    }

    [Fact]
    public void Where_it_is_not_it_says_so() => Should.Throw<FileNotFoundException>(() => EmulateCommand.Run(Path.Combine(AppContext.BaseDirectory, "nowhere"), 0)).Message.ShouldContain("make build");
}
