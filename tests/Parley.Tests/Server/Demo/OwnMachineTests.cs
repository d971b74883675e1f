using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Server;
using Parley.Server.Demo;
using Shouldly;

namespace Parley.Tests.Server.Demo;

public class OwnMachineTests
{
    [Theory]
    [InlineData("127.0.0.1:5080", "127.0.0.1", true)]
    [InlineData("localhost:5080", "::1", true)]
    [InlineData("[::1]:5080", "::1", true)]
    [InlineData("desk.lighthouse.localhost", "127.0.0.1", true)]
    [InlineData("shop.example", "127.0.0.1", false)]
    [InlineData("localhost.example", "127.0.0.1", false)]
    [InlineData("10.0.0.5:5080", "127.0.0.1", false)]
    [InlineData("", "127.0.0.1", false)]
    [InlineData("localhost:5080", "10.0.0.7", false)]
    public void Only_what_calls_it_by_a_name_of_this_machine_and_comes_from_it_is_here(string host, string from, bool here)
    {
        var http = new DefaultHttpContext();
        http.Request.Host = new HostString(host);
        OwnMachine.IsHere(http.Request, IPAddress.Parse(from)).ShouldBe(here);
    }

    [Fact]
    public async Task OP3_Nothing_of_the_demo_answers_a_foreign_name_or_a_proxy()
    {
        var folder = Directory.CreateTempSubdirectory("demo-").FullName;
        var launch = DemoCommand.LaunchOf(folder, "http://127.0.0.1:0");
        await using (var demo = await DemoCommand.Serve(launch, await Seeding.Seed(launch, told: false)))
        {
            using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(demo.App.Urls.First()) };
            foreach (var path in new[] { "/", "/demo", "/demo/shop", "/demo/console", "/v1/me", "/parley.js", "/v1/session", "/health/live" })
            {
                (await Status(http, path, "Host", "rebound.example")).ShouldBe(HttpStatusCode.MisdirectedRequest, path);
                (await Status(http, path, "X-Forwarded-For", "203.0.113.9")).ShouldBe(HttpStatusCode.MisdirectedRequest, path);
            }

            (await Status(http, "/demo", "Accept", "text/html")).ShouldBe(HttpStatusCode.OK);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<HttpStatusCode> Status(HttpClient http, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
